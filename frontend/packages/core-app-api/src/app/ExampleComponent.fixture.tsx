/** The page that the plugin guide's samples load. */
export function ExampleComponent() {
  return <p>Hello from the example plugin</p>;
}
