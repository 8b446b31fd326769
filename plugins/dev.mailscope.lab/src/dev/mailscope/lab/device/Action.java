package dev.mailscope.lab.device;

import java.util.TreeSet;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Folder;

/** What the user of a device can do with the mail on it. */
public sealed interface Action {
    /**
     * Sets or takes away a flag, such as {@code \Seen} when a message is read.
     *
     * @param folder the folder's name
     * @param id     the message's number on the device
     * @param flag   the flag's name
     */
    record SetFlag(String folder, long id, String flag, boolean set) implements Action {
    }

    /** Deletes a message for good. */
    record Delete(String folder, long id) implements Action {
    }

    /** Moves a message into another folder. */
    record Move(String folder, long id, String target) implements Action {
    }

    /** Makes a folder. */
    record CreateFolder(String folder) implements Action {
    }

    /** Gives a folder another name. */
    record RenameFolder(String folder, String newName) implements Action {
    }

    /** The folder it is about. */
    String folder();

    /** What it does, in words. */
    default String words() {
        return switch (this) {
            case SetFlag a -> (a.set ? "set " : "take away ") + a.flag + " of message " + a.id + " in " + a.folder;
            case Delete a -> "delete message " + a.id + " in " + a.folder;
            case Move a -> "move message " + a.id + " from " + a.folder + " to " + a.target;
            case CreateFolder a -> "create folder " + a.folder;
            case RenameFolder a -> "rename folder " + a.folder + " to " + a.newName;
        };
    }

    /**
     * What a copy is after it. IllegalArgumentException says why it cannot be done with that copy.
     *
     * @param newId the number a moved message gets
     */
    default LocalCopy applyTo(LocalCopy copy, long newId) {
        return switch (this) {
            case SetFlag(var folder, var id, var flag, var set) -> copy.with(folder(copy, folder)
                    .with(id, flagged(message(copy, folder, id).flags(), flag, set)));
            case Delete(var folder, var id) -> {
                message(copy, folder, id);
                yield copy.with(folder(copy, folder).without(id));
            }
            case Move(var folder, var id, var target) -> {
                var moved = message(copy, folder, id).withId(newId);
                yield copy.with(folder(copy, folder).without(id)).with(folder(copy, target).with(moved));
            }
            case CreateFolder(var folder) -> {
                refuse(folder.isBlank(), "A folder needs a name.");
                refuse(copy.folder(folder).isPresent(), "There is a folder " + folder + " already.");
                yield copy.with(LocalFolder.empty(folder));
            }
            case RenameFolder(var folder, var newName) -> {
                refuse(newName.isBlank(), "A folder needs a name.");
                refuse(copy.folder(newName).isPresent(), "There is a folder " + newName + " already.");
                refuse(Folder.canonicalName(folder).equals(Folder.INBOX), "INBOX keeps its name.");
                yield renamed(copy.without(folder).with(folder(copy, folder).withName(newName)),
                        folder + Folder.SEPARATOR, newName + Folder.SEPARATOR);
            }
        };
    }

    private static LocalCopy renamed(LocalCopy copy, String from, String to) {
        var next = copy;
        for (var folder : copy.folders().values()) {
            if (folder.name().startsWith(from)) {
                next = next.without(folder.name()).with(folder.withName(to + folder.name().substring(from.length())));
            }
        }
        return next;
    }

    private static LocalFolder folder(LocalCopy copy, String name) {
        return copy.folder(name)
                .orElseThrow(() -> new IllegalArgumentException("There is no folder " + name + " on this device."));
    }

    private static LocalMessage message(LocalCopy copy, String folder, long id) {
        var message = folder(copy, folder).messages().get(id);
        refuse(message == null, "There is no message " + id + " in " + folder + " on this device.");
        return message;
    }

    private static Flags flagged(Flags flags, String name, boolean set) {
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(flags.names());
        if (set) {
            names.add(name);
        } else {
            names.remove(name);
        }
        return Flags.of(names);
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new IllegalArgumentException(why);
        }
    }
}
