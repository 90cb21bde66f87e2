/** The formats of an entity's fields, as the catalog wants them. */

const LONGEST_NAME = 63;
const LONGEST_SUBDOMAIN = 253;

/** Formats that are not about entities alone. */
export const CommonValidatorFunctions = {
  /** Whether a text is a suffix, or a prefix and a suffix around one separator, each as it has to be. */
  isValidPrefixAndOrSuffix(
    value: unknown,
    separator: string,
    isValidPrefix: (value: string) => boolean,
    isValidSuffix: (value: string) => boolean,
  ): boolean {
    if (typeof value !== 'string') {
      return false;
    }
    const [first = '', second, ...others] = value.split(separator);
    return others.length === 0 && (second === undefined ? isValidSuffix(first) : isValidPrefix(first) && isValidSuffix(second));
  },

  /** Whether a value is the same after it was sent as JSON. */
  isJsonSafe(value: unknown): boolean {
    if (Array.isArray(value)) {
      return value.every(CommonValidatorFunctions.isJsonSafe);
    }
    if (typeof value === 'object' && value !== null) {
      const prototype: unknown = Object.getPrototypeOf(value);
      return (prototype === Object.prototype || prototype === null) && Object.values(value).every(CommonValidatorFunctions.isJsonSafe);
    }
    return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  },

  isValidDnsSubdomain(value: unknown): boolean {
    return isText(value, LONGEST_SUBDOMAIN) && value.split('.').every(CommonValidatorFunctions.isValidDnsLabel);
  },

  isValidDnsLabel(value: unknown): boolean {
    return isText(value, LONGEST_NAME) && /^[a-z0-9]+(-+[a-z0-9]+)*$/.test(value);
  },

  isValidTag(value: unknown): boolean {
    return isText(value, LONGEST_NAME) && /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/.test(value);
  },

  isValidUrl(value: unknown): boolean {
    return typeof value === 'string' && URL.canParse(value);
  },

  /** Whether it is a text with anything in it. */
  isValidString(value: unknown): boolean {
    return typeof value === 'string' && value !== '';
  },

  isNonEmptyString(value: unknown): value is string {
    return typeof value === 'string' && value.trim() !== '';
  },
};

/** Formats as Kubernetes has them, which those of entities are. */
export const KubernetesValidatorFunctions = {
  isValidApiVersion(value: unknown): boolean {
    const isVersion = (text: string) => isText(text, LONGEST_NAME) && /^[a-z0-9A-Z]+$/.test(text);
    return CommonValidatorFunctions.isValidPrefixAndOrSuffix(value, '/', CommonValidatorFunctions.isValidDnsSubdomain, isVersion);
  },

  isValidKind(value: unknown): boolean {
    return isText(value, LONGEST_NAME) && /^[a-zA-Z][a-z0-9A-Z]*$/.test(value);
  },

  isValidObjectName(value: unknown): boolean {
    return isText(value, LONGEST_NAME) && /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(value);
  },

  isValidNamespace(value: unknown): boolean {
    return CommonValidatorFunctions.isValidDnsLabel(value);
  },

  isValidLabelKey(value: unknown): boolean {
    return CommonValidatorFunctions.isValidPrefixAndOrSuffix(
      value,
      '/',
      CommonValidatorFunctions.isValidDnsSubdomain,
      KubernetesValidatorFunctions.isValidObjectName,
    );
  },

  isValidLabelValue(value: unknown): boolean {
    return value === '' || KubernetesValidatorFunctions.isValidObjectName(value);
  },

  isValidAnnotationKey(value: unknown): boolean {
    return KubernetesValidatorFunctions.isValidLabelKey(value);
  },

  isValidAnnotationValue(value: unknown): boolean {
    return typeof value === 'string';
  },
};

/** Says of each kind of field whether a value has its format. */
export interface Validators {
  isValidApiVersion(value: unknown): boolean;
  isValidKind(value: unknown): boolean;
  isValidEntityName(value: unknown): boolean;
  isValidNamespace(value: unknown): boolean;
  isValidLabelKey(value: unknown): boolean;
  isValidLabelValue(value: unknown): boolean;
  isValidAnnotationKey(value: unknown): boolean;
  isValidAnnotationValue(value: unknown): boolean;
  isValidTag(value: unknown): boolean;
}

/** The formats of the catalog, with some in place of its own. */
export function makeValidator(overrides: Partial<Validators> = {}): Validators {
  return {
    isValidApiVersion: KubernetesValidatorFunctions.isValidApiVersion,
    isValidKind: KubernetesValidatorFunctions.isValidKind,
    isValidEntityName: KubernetesValidatorFunctions.isValidObjectName,
    isValidNamespace: KubernetesValidatorFunctions.isValidNamespace,
    isValidLabelKey: KubernetesValidatorFunctions.isValidLabelKey,
    isValidLabelValue: KubernetesValidatorFunctions.isValidLabelValue,
    isValidAnnotationKey: KubernetesValidatorFunctions.isValidAnnotationKey,
    isValidAnnotationValue: KubernetesValidatorFunctions.isValidAnnotationValue,
    isValidTag: CommonValidatorFunctions.isValidTag,
    ...overrides,
  };
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longest;
}
