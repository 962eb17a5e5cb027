package dev.metsuke.console.scim;

import dev.metsuke.operations.account.AccountRules;

/**
 * Section {@code console.scim}.
 *
 * @param accounts how a user's {@code userName} becomes the account's name that logs have
 */
public record ScimSettings(AccountRules accounts) {

    /** Every name as it is. */
    public static final ScimSettings DEFAULTS = new ScimSettings(AccountRules.keepAll());
}
