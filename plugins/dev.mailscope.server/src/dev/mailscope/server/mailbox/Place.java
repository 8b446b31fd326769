package dev.mailscope.server.mailbox;

/**
 * A folder where a user finds it. Immutable.
 *
 * @param account the account that holds it
 * @param folder  as it is there
 * @param name    what the user calls it
 * @param rights  what the user may do with it
 */
public record Place(String account, Folder folder, String name, Rights rights) {
    /** The folder by the name that the user has for it. */
    public Folder named() {
        return folder.name().equals(name) ? folder : folder.withName(name);
    }
}
