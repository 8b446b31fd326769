package dev.mailscope.ui.server;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ITreeViewerListener;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeExpansionEvent;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.TreeViewerColumn;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.server.analysis.Walk;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.MomentBanner;
import dev.mailscope.ui.Source;
import dev.mailscope.ui.TraceFeed;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.classroom.ClosedBanner;
import dev.mailscope.ui.classroom.LessonBanner;

/** The mail server as it is, or as it was after the selected event: where it listens, its mail, its sessions. */
public final class ServerView extends ViewPart {
    private static final int MARKED_FOR = 8_000;
    private static final String COLUMNS = "columns";
    private static final String WEIGHT = "sessions.weight";
    private static final String OPENED = "opened";

    private final Mailscope mailscope = Mailscope.get();
    private final Focus focus = mailscope.focus();
    private final MailContent content = new MailContent();
    private final Runnable serverListener = this::serverChanged;
    private final TraceFeed.Listener feedListener = this::drained;
    private final Focus.Listener focusListener = this::focusChanged;
    private final Runnable debugListener = this::showHeld;
    private final Runnable unmark = this::unmark;
    // What the line says where to connect to.
    private Source served;
    private MailLabels.Shown shown;
    private ServerLine line;
    private TreeViewer tree;
    private MailColumns widths;
    private String savedWidths;
    // The folders the user wants open, by name; one that is empty, or not there, is open as soon as it can be.
    private Set<String> opened = new TreeSet<>(Set.of(Folder.INBOX));
    private SessionTable sessions;
    private EmptySessions noSessions;
    private Composite sessionArea;
    private SashForm sash;
    private boolean wasLive = true;
    private int weight = 32;

    @Override
    public void init(IViewSite site, IMemento memento) throws PartInitException {
        super.init(site, memento);
        if (memento != null && memento.getInteger(WEIGHT) != null) {
            weight = Math.clamp(memento.getInteger(WEIGHT), 5, 95);
        }
        savedWidths = memento == null ? null : memento.getString(COLUMNS);
        opened = new TreeSet<>(opened(memento));
    }

    /** The names of the folders that were open when this was saved; INBOX when none was, or nothing is saved. */
    static Set<String> opened(IMemento memento) {
        var saved = memento == null ? new IMemento[0] : memento.getChildren(OPENED);
        return saved.length == 0 ? Set.of(Folder.INBOX)
                : Arrays.stream(saved).map(IMemento::getID).collect(Collectors.toSet());
    }

    @Override
    public void saveState(IMemento memento) {
        memento.putString(COLUMNS, widths.save());
        memento.putInteger(WEIGHT, sash.getWeights()[1] * 100 / (sash.getWeights()[0] + sash.getWeights()[1]));
        opened.forEach(name -> memento.createChild(OPENED, name));
    }

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        line = new ServerLine(parent, mailscope.server(), focus);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(line);
        new LessonBanner(parent);
        new ClosedBanner(parent);
        new MomentBanner(parent, focus);
        sash = new SashForm(parent, SWT.VERTICAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
        createTree(new Composite(sash, SWT.NONE));
        sessionArea = new Composite(sash, SWT.NONE);
        sessionArea.setLayout(new StackLayout());
        sessions = new SessionTable(sessionArea, focus);
        noSessions = new EmptySessions(sessionArea, mailscope.server(), focus);
        createSessionMenu();
        sash.setWeights(100 - weight, weight);
        connect();
    }

    @Override
    public void setFocus() {
        tree.getTree().setFocus();
    }

    @Override
    public void dispose() {
        mailscope.server().removeListener(serverListener);
        mailscope.feed().removeListener(feedListener);
        focus.removeListener(focusListener);
        mailscope.debugger().removeListener(debugListener);
        super.dispose();
    }

    /** The account and folder chosen in the tree, where a message would be delivered; null when nothing is. */
    Item chosen() {
        return (Item) tree.getStructuredSelection().getFirstElement();
    }

    /** The folder chosen, or that of the chosen message, by its name; INBOX when none is. */
    String chosenFolder() {
        var folderId = switch (chosen()) {
            case null -> 0L;
            case Item.OfAccount item -> 0L;
            case Item.OfFolder item -> item.folderId();
            case Item.OfMessage item -> item.folderId();
            case Item.Older item -> item.folderId();
        };
        return chosen() == null ? Folder.INBOX
                : shown.moment.server().folder(chosen().account(), folderId).map(Folder::name).orElse(Folder.INBOX);
    }

    /** The events that change the chosen folder or message; null when none is chosen. */
    public Predicate<TraceEvent> changesOfChosen() {
        return switch (chosen()) {
            case Item.OfFolder item -> Walk.changesOf(item.account(), item.folderId());
            case Item.OfMessage item -> Walk.changesOf(item.account(), item.folderId(), item.uid());
            case Item.Older item -> Walk.changesOf(item.account(), item.folderId());
            case Item.OfAccount item -> null;
            case null -> null;
        };
    }

    /** The chosen folder or message, to name it by. */
    public String chosenName() {
        return chosen() instanceof Item.OfMessage item
                ? NLS.bind(Messages.chosen_message, Long.toString(item.uid()), chosenFolder()) : chosenFolder();
    }

    private void createTree(Composite parent) {
        parent.setLayout(new FillLayout());
        tree = new TreeViewer(parent, SWT.FULL_SELECTION | SWT.MULTI | SWT.BORDER | SWT.H_SCROLL | SWT.V_SCROLL);
        tree.getTree().setHeaderVisible(true);
        tree.setUseHashlookup(true);
        tree.setContentProvider(content);
        shown = new MailLabels.Shown(new Summaries(contents -> {
            if (!tree.getTree().isDisposed()) {
                tree.update(content.messagesOf(contents), null);
            }
        }));
        for (var column : MailLabels.Column.values()) {
            var viewerColumn = new TreeViewerColumn(tree, SWT.NONE);
            viewerColumn.getColumn().setText(column.title);
            viewerColumn.getColumn().setToolTipText(column.title);
            viewerColumn.setLabelProvider(new MailLabels(column, viewerColumn.getColumn(), shown));
        }
        ColumnViewerToolTipSupport.enableFor(tree);
        widths = new MailColumns(tree.getTree(), savedWidths);
        ViewFont.apply(tree.getTree(), ViewFont.TABLES, font -> {
            tree.getTree().setFont(font);
            widths.scale(ViewFont.scale(parent, ViewFont.TABLES));
            tree.refresh();
        });
        tree.addTreeListener(new ITreeViewerListener() {
            @Override
            public void treeExpanded(TreeExpansionEvent event) {
                folderName(event.getElement()).ifPresent(opened::add);
            }

            @Override
            public void treeCollapsed(TreeExpansionEvent event) {
                folderName(event.getElement()).ifPresent(opened::remove);
            }
        });
        tree.addDoubleClickListener(event -> {
            if (chosen() instanceof Item.Older older) {
                listMore(older);
            }
        });
        tree.setInput(content);
        var menu = new MenuManager();
        tree.getTree().setMenu(menu.createContextMenu(tree.getTree()));
        getSite().registerContextMenu(menu, tree);
        getSite().setSelectionProvider(tree);
    }

    private void createSessionMenu() {
        var menu = new MenuManager();
        sessions.viewer().getTable().setMenu(menu.createContextMenu(sessions.viewer().getTable()));
        getSite().registerContextMenu(Mailscope.SERVER_VIEW + ".sessions", menu, sessions.viewer());
    }

    private void connect() {
        getSite().<IContextService>getService(IContextService.class).activateContext(Mailscope.CONTEXT);
        getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(), new CopyAction(this::copied));
        mailscope.server().addListener(serverListener);
        focus.addListener(focusListener);
        mailscope.debugger().addListener(debugListener);
        mailscope.feed().addListener(feedListener);
        mailscope.server().open();
        serverChanged();
        show(focus.moment(), Marks.NONE);
    }

    private void showHeld() {
        sessions.showHeld();
    }

    private void serverChanged() {
        served = focus.source();
        line.show();
        noSessions.show();
    }

    private void drained(TraceFeed.Batch batch) {
        if (focus.isLive()) {
            // The first batch made the sample mail: all of it is new, so that marking it would say nothing.
            var marks = batch.since() == 0 ? Marks.NONE : Marks.of(batch.events());
            show(batch.moment(), marks.isEmpty() ? shown.marks : marks);
            if (!marks.isEmpty()) {
                tree.getTree().getDisplay().timerExec(MARKED_FOR, unmark);
            }
        }
    }

    private void focusChanged() {
        if (served != focus.source()) {
            serverChanged();
        }
        var event = focus.selected();
        // Live before and live now: what has just changed has not become older because a session was selected.
        var marks = event != null ? Marks.of(List.of(event)) : wasLive && focus.isLive() ? shown.marks : Marks.NONE;
        wasLive = focus.isLive();
        show(focus.moment(), marks);
    }

    private void unmark() {
        if (!tree.getTree().isDisposed() && focus.isLive()) {
            show(shown.moment, Marks.NONE);
        }
    }

    private void show(Moment moment, Marks marks) {
        var before = shown.moment;
        var mailChanged = before.server() != moment.server() || !shown.marks.equals(marks)
                || !markedMail(before).equals(markedMail(moment));
        var outdated = mailChanged ? Outdated.between(shown, moment, marks, content) : Set.of();
        shown.moment = moment;
        shown.marks = marks;
        var gone = content.show(moment);
        if (mailChanged) {
            refreshTree(gone, outdated);
        }
        if (before.sessions() != moment.sessions() || mailChanged) {
            sessions.show(moment);
        } else {
            sessions.showSelection();
        }
        var top = sessions.isEmpty() ? noSessions : sessions;
        var stack = (StackLayout) sessionArea.getLayout();
        if (stack.topControl != top) {
            stack.topControl = top;
            sessionArea.layout();
        }
    }

    // There may be thousands of items, and changes ten times a second: only what says something else is labelled anew.
    private void refreshTree(List<?> gone, Set<?> outdated) {
        tree.getTree().setRedraw(false);
        try {
            // Else each item after one that is gone would be made the next one's.
            tree.remove(gone.toArray());
            tree.refresh(false);
            tree.update(outdated.toArray(), null);
            for (var account : shown.moment.server().accounts().values()) {
                tree.setExpandedState(new Item.OfAccount(account.name()), true);
                for (var folder : account.folders().values()) {
                    if (opened.contains(folder.name())) {
                        tree.setExpandedState(new Item.OfFolder(account.name(), folder.id()), true);
                    }
                }
            }
        } finally {
            tree.getTree().setRedraw(true);
        }
    }

    private void listMore(Item.Older older) {
        content.listMore(older);
        refreshTree(List.of(older), Set.of());
        // What had been the first one listed stays in sight, and the keys go on from there.
        var first = new Item.OfMessage(older.account(), older.folderId(), older.uid());
        tree.setSelection(new StructuredSelection(first), true);
    }

    private Optional<String> folderName(Object element) {
        return element instanceof Item.OfFolder item ? item.in(shown.moment.server()).map(Folder::name)
                : Optional.empty();
    }

    private static Set<Object> markedMail(Moment moment) {
        return moment.sessions().values().stream().filter(s -> !s.marked().isEmpty())
                .map(s -> List.of(s.number(), s.marked())).collect(Collectors.toSet());
    }

    private String copied() {
        return Arrays.stream(tree.getTree().getSelection())
                .map(item -> IntStream.range(0, tree.getTree().getColumnCount())
                        .mapToObj(item::getText).collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n"));
    }
}
