/** The user the api nodes sign in as, and the group its rights hang on. */
export const LEDGER_USER = 'mingzhang';
export const LEDGER_GROUP = 'ledger';

const ADMINS = '$admins';
const LEDGER_AND_ADMINS = [ADMINS, LEDGER_GROUP];

/**
 * The rights on every stream that has none of its own: the content of `$settings`. The server's own
 * default lets every user delete streams and write their metadata, which can also hide events by
 * `$tb`, `$maxAge` and `$maxCount`. The ledger does neither.
 */
export const DEFAULT_ACCESS = {
  $userStreamAcl: {
    $r: LEDGER_AND_ADMINS,
    $w: LEDGER_AND_ADMINS,
    $d: ADMINS,
    $mr: ADMINS,
    $mw: ADMINS,
  },
  $systemStreamAcl: { $r: ADMINS, $w: ADMINS, $d: ADMINS, $mr: ADMINS, $mw: ADMINS },
};

/** The rights on `$all`, which is a system stream: the ledger reads its log from there. */
export const ACCESS_TO_ALL = { $acl: { $r: LEDGER_AND_ADMINS } };
