package dev.metsuke.shipper.privacy;

/** A field of the event whose value as a whole is personal; it names the accessor, and so is no subject of the access. */
public enum PersonalField {
    /** {@code user.id} and {@code user.name}: then neither HR's reports nor the directory find the account any more. */
    USER,
    /** {@code user.email}. */
    EMAIL,
    /** {@code source.address}; {@code source.ip} is left out, since a pseudonym is no address. */
    ADDRESS,
    /** {@code user_agent.original}. */
    USER_AGENT
}
