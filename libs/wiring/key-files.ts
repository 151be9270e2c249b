/** Files that the settings place elsewhere than in the data directory; absent ones are in it. */
export interface KeyFiles {
  /** `MZ_SIGNING_KEY_FILE`: signs tokens; several nodes of one ledger share it. Only read. */
  readonly tokenKey?: string | undefined;
  /** `MZ_SIGNER_MEMORY`: what was signed last, where no backup of the data reaches. */
  readonly signerMemory?: string | undefined;
  /** `MZ_VAULT_KEY_FILE`: wraps the keys of the vault. Only read. */
  readonly vaultKey?: string | undefined;
}
