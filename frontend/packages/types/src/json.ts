/** What JSON can say that holds nothing else. */
export type JsonPrimitive = number | string | boolean | null;

/** An object as JSON has it. What is undefined is not written. */
export type JsonObject = { [key in string]?: JsonValue };

/** A list as JSON has it. */
export type JsonArray = JsonValue[];

/** What JSON can say. */
export type JsonValue = JsonObject | JsonArray | JsonPrimitive;
