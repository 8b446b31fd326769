package dev.mailscope.lab.device;

import java.util.Optional;

import org.pcollections.HashTreePSet;
import org.pcollections.MapPSet;
import org.pcollections.TreePMap;

import dev.mailscope.server.mailbox.Folder;

/**
 * The mail as a device keeps it: its own, whatever the server holds. An immutable value.
 *
 * @param folders  by name
 * @param retrieved with POP3, the unique-ids of what was ever retrieved and may still be on the server
 */
public record LocalCopy(TreePMap<String, LocalFolder> folders, MapPSet<String> retrieved) {
    /** A device that is new: it has an INBOX, and nothing in it. */
    public static final LocalCopy NEW = new LocalCopy(
            TreePMap.singleton(Folder.INBOX, LocalFolder.empty(Folder.INBOX)), HashTreePSet.empty());

    /** The folder of that name. */
    public Optional<LocalFolder> folder(String name) {
        return Optional.ofNullable(folders.get(name));
    }

    /** The message of that number in the folder of that name. */
    public Optional<LocalMessage> message(String folder, long id) {
        return folder(folder).map(found -> found.messages().get(id));
    }

    /** The same copy with that folder, in the place of one of the same name. */
    public LocalCopy with(LocalFolder folder) {
        return new LocalCopy(folders.plus(folder.name(), folder), retrieved);
    }

    /** The same copy without the folder of that name. */
    public LocalCopy without(String folder) {
        return new LocalCopy(folders.minus(folder), retrieved);
    }

    /** The same copy, having retrieved these. */
    LocalCopy withRetrieved(MapPSet<String> ids) {
        return new LocalCopy(folders, ids);
    }
}
