package dev.mailscope.ui.server;

import java.util.ArrayList;
import java.util.stream.Collectors;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.TreeColumn;

import dev.mailscope.server.mailbox.AccessList;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.CutText;
import dev.mailscope.ui.Icons;
import dev.mailscope.ui.ViewFont;

/** The text of one column of the tree of mail. */
final class MailLabels extends ColumnLabelProvider {
    /** The columns, from left to right. */
    enum Column {
        NAME(218, 184, Messages.column_name),
        NOW(168, 148, Messages.column_now),
        COUNT(102, 52, Messages.column_count),
        FLAGS(104, 50, Messages.column_flags),
        SIZE(100, 88, Messages.column_size),
        NEXT(72, 68, Messages.column_next);

        /** Its usual width when a line of text is 17 pixels high. */
        final int width;
        /** The least it is made in a narrow view. */
        final int least;
        final String title;

        Column(int width, int least, String title) {
            this.width = width;
            this.least = least;
            this.title = title;
        }
    }

    /** What all columns show: a moment, what just changed, and who wrote what. */
    static final class Shown {
        Moment moment = Moment.START;
        Marks marks = Marks.NONE;
        final Summaries summaries;

        Shown(Summaries summaries) {
            this.summaries = summaries;
        }
    }

    // What the arrows and images of a message take up.
    private static final int INDENT = 74;

    private final Column column;
    private final TreeColumn widget;
    private final Shown shown;

    MailLabels(Column column, TreeColumn widget, Shown shown) {
        this.column = column;
        this.widget = widget;
        this.shown = shown;
    }

    @Override
    public String getText(Object element) {
        var state = shown.moment.server();
        var item = (Item) element;
        if (column == Column.NOW) {
            return now(item);
        }
        return switch (item) {
            case Item.OfAccount account -> column == Column.NAME ? account.account() : "";
            case Item.OfFolder folder -> folder.in(state).map(held -> folder(held, folder.account())).orElse("");
            case Item.OfMessage message -> message.in(state).map(this::message).orElse("");
            case Item.Older older -> switch (column) {
                case NAME -> Messages.tree_older;
                case COUNT -> NLS.bind(Messages.tree_olderUids, older.uid());
                default -> "";
            };
        };
    }

    @Override
    public String getToolTipText(Object element) {
        var indent = column == Column.NAME ? INDENT : 0;
        return CutText.of(widget.getParent(), column == Column.NOW, widget.getWidth() - indent, getText(element));
    }

    @Override
    public Image getImage(Object element) {
        if (column != Column.NAME) {
            return null;
        }
        return switch ((Item) element) {
            case Item.OfAccount item -> Icons.image("account");
            case Item.OfFolder item -> Icons.image("folder");
            case Item.OfMessage item -> Icons.image(markedBy(item).isEmpty() ? "message" : "marked");
            case Item.Older item -> null;
        };
    }

    @Override
    public Font getFont(Object element) {
        return column != Column.NOW ? null : JFaceResources.getFontRegistry().getBold(ViewFont.TABLES);
    }

    private String now(Item item) {
        if (item instanceof Item.Older) {
            return Messages.tree_listOlder;
        }
        var parts = new ArrayList<String>();
        if (item instanceof Item.OfMessage message && !markedBy(message).isEmpty()) {
            parts.add(markedBy(message));
        }
        var word = shown.marks.word(item);
        if (!word.isEmpty()) {
            parts.add("• " + word);
        }
        return String.join(" ", parts);
    }

    private String markedBy(Item.OfMessage message) {
        var sessions = shown.moment.sessions().values().stream()
                .filter(s -> s.folderId() == message.folderId() && s.account().equals(message.account())
                        && s.marked().contains(message.uid()))
                .map(s -> Long.toString(s.number())).toList();
        return sessions.isEmpty() ? "" : NLS.bind(Messages.mark_bySession, String.join(", ", sessions));
    }

    private String folder(Folder folder, String owner) {
        return switch (column) {
            case NAME -> folder.access().equals(AccessList.ofOwner(owner)) ? folder.name()
                    : NLS.bind(Messages.tree_access, folder.name(), access(folder.access(), owner));
            case NOW -> "";
            case COUNT -> Integer.toString(folder.size());
            case FLAGS -> Integer.toString(folder.unseen());
            case SIZE -> Long.toString(folder.uidValidity());
            case NEXT -> Long.toString(folder.uidNext());
        };
    }

    /** Who may do what with it, but the owner who may do all. */
    private static String access(AccessList access, String owner) {
        return access.entries().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(owner) || !entry.getValue().equals(Rights.ALL))
                .map(entry -> entry.getKey() + " " + (entry.getValue().all().isEmpty() ? Messages.tree_noRights
                        : entry.getValue().letters()))
                .collect(Collectors.collectingAndThen(Collectors.joining(", "),
                        text -> text.isEmpty() ? Messages.tree_noAccess : text));
    }

    private String message(Message message) {
        return switch (column) {
            case NAME -> shown.summaries.of(message.content());
            case NOW, NEXT -> "";
            case COUNT -> NLS.bind(Messages.tree_uid, Long.toString(message.uid()));
            case FLAGS -> String.join(" ", message.flags().names());
            case SIZE -> Counted.text(Messages.tree_octets, message.size());
        };
    }
}
