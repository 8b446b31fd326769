package dev.mailscope.ui.session;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.CTabItem;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.ui.Enablement;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Source;
import dev.mailscope.ui.ViewFont;

/**
 * The Session Console: sessions of a mail client over real sockets, one a tab, in which the user types the commands.
 * Its public methods are what its buttons do; all are called on the UI thread and return at once.
 */
public final class ConsoleView extends ViewPart {
    private static final String CONTEXT = "dev.mailscope.ui.context.session";
    private static final String PROTOCOL = "protocol";
    private static final String HOST = "host";
    private static final String TLS = "tls";
    private static final String PORT = "port";

    private final Runnable serverListener = () -> tabs().forEach(SessionTab::serverChanged);
    private final Focus.Listener focusListener = this::focusChanged;
    private final Runnable debugListener = () -> tabs().forEach(SessionTab::refresh);
    private final List<LocalHandler> handlers = List.of(
            new LocalHandler(IWorkbenchCommandConstants.EDIT_COPY, this::copy, () -> current() != null),
            new LocalHandler(IWorkbenchCommandConstants.EDIT_CONTENT_ASSIST, () -> current().field().propose(),
                    this::isOpen));

    private Histories histories;
    private ConnectDialog.Choice lastServer =
            new ConnectDialog.Choice(Protocol.POP3, "localhost", ConnectDialog.standardPort(Protocol.POP3, false),
                    false);
    private Composite stack;
    private EmptyConsole empty;
    private CTabFolder folder;
    private Set<TabCommand> possible = Set.of();
    // What all views showed last.
    private Source followedSource;
    private long followed;
    private TraceEvent followedEvent;

    @Override
    public void init(IViewSite site, IMemento memento) throws PartInitException {
        super.init(site, memento);
        if (memento != null && memento.getString(HOST) != null) {
            var protocol = Stream.of(Protocol.values()).filter(p -> p.name().equals(memento.getString(PROTOCOL)))
                    .findFirst().orElse(lastServer.protocol());
            var tls = Boolean.TRUE.equals(memento.getBoolean(TLS));
            var port = Objects.requireNonNullElse(memento.getInteger(PORT), ConnectDialog.standardPort(protocol, tls));
            lastServer = new ConnectDialog.Choice(protocol, memento.getString(HOST), port, tls);
        }
    }

    /** Keeps the server that was named last; nothing of what was typed. */
    @Override
    public void saveState(IMemento memento) {
        memento.putString(PROTOCOL, lastServer.protocol().name());
        memento.putString(HOST, lastServer.host());
        memento.putInteger(PORT, lastServer.port());
        memento.putBoolean(TLS, lastServer.tls());
    }

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        histories = new Histories();
        stack = new Composite(parent, SWT.NONE);
        stack.setLayout(new StackLayout());
        empty = new EmptyConsole(stack, this::open);
        folder = new CTabFolder(stack, SWT.TOP | SWT.FLAT | SWT.CLOSE);
        folder.addListener(SWT.Selection, event -> selected());
        folder.addListener(SWT.Dispose, event -> removeListeners());
        ViewFont.apply(stack, ViewFont.TABLES, font -> setFonts());
        ViewFont.apply(stack, ViewFont.OCTETS, font -> setFonts());
        showFolderOrEmpty();
        addListeners();
        Mailscope.get().server().open();
    }

    @Override
    public void setFocus() {
        if (current() == null) {
            empty.setFocus();
        } else {
            current().setFocus();
        }
    }

    /** Opens a session with the workbench's server in a tab of its own. */
    public void open(Protocol protocol) {
        open(protocol, false);
    }

    /** Opens a session with the workbench's server in a tab of its own; with {@code tls}, where TLS begins at once. */
    public void open(Protocol protocol, boolean tls) {
        open(protocol, Mailscope.get().focus().server(), null, tls);
    }

    /** Opens a session with the workbench's server or a fork in a tab of its own. */
    public void open(Protocol protocol, Source source) {
        open(protocol, source, null, false);
    }

    /** Opens a session with any server in a tab of its own. */
    public void open(Protocol protocol, InetSocketAddress foreign, boolean tls) {
        open(protocol, null, foreign, tls);
    }

    private void open(Protocol protocol, Source source, InetSocketAddress foreign, boolean tls) {
        var item = new CTabItem(folder, SWT.CLOSE);
        var tab = new SessionTab(folder, protocol, source, foreign, tls, histories, this::changed);
        tab.setFonts(JFaceResources.getFont(ViewFont.TABLES), JFaceResources.getFont(ViewFont.OCTETS));
        item.setControl(tab.control());
        item.setData(tab);
        item.setText(tab.title());
        item.addListener(SWT.Dispose, event -> {
            tab.control().dispose();
            // The folder still counts the item that goes.
            stack.getDisplay().asyncExec(this::showFolderOrEmpty);
        });
        showFolderOrEmpty();
        folder.setSelection(item);
        tab.open();
        selected();
        tab.setFocus();
        // While the view itself is being opened all layout waits, and what is not laid out cannot take the focus.
        stack.getDisplay().asyncExec(() -> {
            if (!stack.isDisposed() && current() == tab && getSite().getPage().getActivePart() == this) {
                tab.setFocus();
            }
        });
    }

    /** Asks the user for a server, and opens a session with it. */
    public void askForServer() {
        var dialog = new ConnectDialog(getSite().getShell(), lastServer);
        if (dialog.open() == ConnectDialog.OK) {
            lastServer = dialog.choice();
            open(lastServer.protocol(), lastServer.address(), lastServer.tls());
        }
    }

    /** Sends a line in the tab that is shown, as if it had been typed. Nothing happens while no session is open. */
    public void send(String line) {
        if (isOpen()) {
            current().send(line);
        }
    }

    /** Logs in with the sample account in the tab that is shown. Nothing happens in another phase. */
    public void logIn() {
        if (current() != null && current().canLogIn()) {
            current().logIn();
        }
    }

    /** Ends the connection of the tab that is shown, without QUIT or LOGOUT. */
    public void cutTheLine() {
        if (current() != null) {
            current().cutTheLine();
        }
    }

    /** Asks for a text and sends it as a literal in the tab that is shown. Nothing happens with POP3. */
    public void askForLiteral() {
        if (current() != null && current().canSendLiteral()) {
            current().askForLiteral();
        }
    }

    /** Forgets what was said in the tab that is shown. */
    public void clear() {
        if (current() != null) {
            current().transcript().clear();
        }
    }

    /** Closes the tab that is shown, and cuts its line. */
    public void closeTab() {
        if (folder.getSelection() != null) {
            folder.getSelection().dispose();
        }
    }

    /** True when the tab that is shown has an open session. */
    public boolean isOpen() {
        return current() != null && current().isOpen();
    }

    /** The phase of the session in the tab that is shown, by its name in the trace; empty without a tab. */
    public String phase() {
        return current() == null ? "" : current().phase();
    }

    /** The number in the trace of the session in the tab that is shown; 0 while it has none. */
    public long session() {
        return current() == null ? 0 : current().number();
    }

    /** What was said in the tab that is shown, line by line, with the prefixes. */
    public List<String> transcript() {
        return current() == null ? List.of() : current().transcript().lines();
    }

    /** Puts a line into the command line of the tab that is shown and offers what fits at its end. */
    public void propose(String draft) {
        if (isOpen()) {
            current().field().text().setFocus();
            current().field().setDraft(draft);
            current().field().propose();
        }
    }

    /** Copies what is selected in the tab that is shown, or all that was said. */
    public void copy() {
        var tab = current();
        if (tab == null) {
            return;
        }
        if (tab.field().text().isFocusControl()) {
            tab.field().text().copy();
        } else {
            tab.transcript().copy();
        }
    }

    /** What can be done with the tab that is shown. */
    Set<TabCommand> possible() {
        return possible;
    }

    SessionTab current() {
        var item = folder == null || folder.isDisposed() ? null : folder.getSelection();
        return item == null ? null : (SessionTab) item.getData();
    }

    List<SessionTab> tabs() {
        return folder.isDisposed() ? List.of()
                : Stream.of(folder.getItems()).map(item -> (SessionTab) item.getData()).toList();
    }

    /** Brings a tab to the front, as a click on it does. */
    void show(SessionTab tab) {
        folder.setSelection(tabs().indexOf(tab));
        selected();
    }

    Histories histories() {
        return histories;
    }

    private void selected() {
        if (session() > 0) {
            Mailscope.get().focus().selectSession(current().source(), session());
        }
        showPossible();
    }

    private void changed() {
        for (var item : folder.getItems()) {
            var tab = (SessionTab) item.getData();
            if (tab != null && !item.getText().equals(tab.title())) {
                item.setText(tab.title());
                if (item == folder.getSelection()) {
                    selected();
                }
            }
        }
        showPossible();
    }

    /** Lets menus, tool bars and keys know what can be done now. */
    private void showPossible() {
        handlers.forEach(LocalHandler::refresh);
        var now = TabCommand.possibleWith(current());
        if (!now.equals(possible)) {
            possible = now;
            Enablement.changed(TabTester.POSSIBLE);
        }
    }

    private void focusChanged() {
        var focus = Mailscope.get().focus();
        // Who goes back to live has chosen no session: the tab in front may have one that is not in the trace yet.
        var chosen = focus.source() == followedSource && (focus.session() != followed
                || focus.selected() != null && focus.selected() != followedEvent);
        followedSource = focus.source();
        followed = focus.session();
        followedEvent = focus.selected();
        for (var item : folder.getItems()) {
            var tab = (SessionTab) item.getData();
            if (tab.source() == followedSource) { // sessions of an opened recording are none of the console's
                tab.setOlder(focus.isNewest() ? null : focus.moment());
                if (chosen && followed != 0 && tab.number() == followed && item != folder.getSelection()) {
                    folder.setSelection(item);
                }
            }
        }
        showPossible();
    }

    private void showFolderOrEmpty() {
        if (!stack.isDisposed()) {
            ((StackLayout) stack.getLayout()).topControl = folder.getItemCount() > 0 ? folder : empty.control();
            stack.layout();
            showPossible();
        }
    }

    private void setFonts() {
        var font = JFaceResources.getFont(ViewFont.TABLES);
        empty.setFont(font);
        folder.setFont(font);
        tabs().forEach(tab -> tab.setFonts(font, JFaceResources.getFont(ViewFont.OCTETS)));
        stack.layout(true, true);
    }

    private void addListeners() {
        var handlerService = getSite().getService(IHandlerService.class);
        handlers.forEach(handler -> handlerService.activateHandler(handler.command, handler));
        getSite().getService(IContextService.class).activateContext(CONTEXT);
        Mailscope.get().server().addListener(serverListener);
        Mailscope.get().focus().addListener(focusListener);
        Mailscope.get().debugger().addListener(debugListener);
    }

    private void removeListeners() {
        Enablement.changed(TabTester.POSSIBLE);
        Mailscope.get().server().removeListener(serverListener);
        Mailscope.get().focus().removeListener(focusListener);
        Mailscope.get().debugger().removeListener(debugListener);
    }

    /** A command of the workbench that means the tab that is shown while the console is active. */
    private static final class LocalHandler extends AbstractHandler {
        private final String command;
        private final Runnable action;
        private final BooleanSupplier possible;

        LocalHandler(String command, Runnable action, BooleanSupplier possible) {
            this.command = command;
            this.action = action;
            this.possible = possible;
            setBaseEnabled(false);
        }

        @Override
        public Object execute(ExecutionEvent event) {
            action.run();
            return null;
        }

        void refresh() {
            setBaseEnabled(possible.getAsBoolean());
        }
    }
}
