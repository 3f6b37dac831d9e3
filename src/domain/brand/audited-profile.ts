/** A brand that answers are searched for, as it was when an audit began. */
export interface AuditedBrand {
  id: string;
  isOwn: boolean;
  name: string;
  aliases: string[];
  domains: string[];
  contextWords: string[];
}

/** A client's brand with its competitors, as they were when an audit began. */
export interface AuditedProfile {
  /** The client's own first. */
  brands: AuditedBrand[];
  industry: string | null;
  products: string[];
  /** Language tag. */
  locale: string;
}
