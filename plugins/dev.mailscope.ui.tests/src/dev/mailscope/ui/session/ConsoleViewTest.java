package dev.mailscope.ui.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.XMLMemento;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Preferences;
import dev.mailscope.ui.ServerPorts;
import dev.mailscope.ui.WorkbenchServer;

class ConsoleViewTest {
    private static final String COMMANDS = "dev.mailscope.ui.session.";

    private ConsoleView view;

    @BeforeEach
    void open() {
        view = ui(() -> {
            Preferences.setPorts(ServerPorts.FREE);
            var page = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
            try {
                return (ConsoleView) page.showView(Mailscope.SESSION_VIEW);
            } catch (PartInitException e) {
                throw new AssertionError(e);
            }
        });
        running();
        server().reset();
        until(() -> server().recording().live().server().accounts().containsKey("alice") && inbox().size() == 3);
    }

    @AfterEach
    void close() {
        ui(() -> {
            while (!view.tabs().isEmpty()) {
                view.closeTab();
            }
            return null;
        });
        until(() -> server().recording().live().sessions().isEmpty());
    }

    @Test
    void oneCommandOpensASessionAndTheStripFollowsItToUpdate() {
        execute("pop3");
        phase("Authorization");
        execute("login");
        phase("Transaction");
        send("DELE 1");
        assertEquals(3, inbox().size(), "DELE marks only");
        ui(() -> {
            view.send("QUIT");
            return null;
        });
        phase("Update");
        until(() -> ui(() -> view.current().isOver()));
        until(() -> inbox().size() == 2);
        assertTrue(ui(() -> view.current().strip().description()).contains("Update"));
        assertFalse(ui(view::transcript).toString().contains("secret"));
    }

    @Test
    void theLineThatIsCutDeletesNothing() {
        execute("pop3");
        phase("Authorization");
        execute("login");
        phase("Transaction");
        send("DELE 1");
        until(() -> ui(() -> server().recording().live().sessions().get(view.session()).marked().size()) == 1);
        execute("cut");
        until(() -> ui(() -> view.current().isOver()));
        until(() -> server().recording().live().sessions().isEmpty());
        assertEquals(3, inbox().size());
        assertEquals("Transaction", ui(() -> view.current().strip().current()));
        until(() -> ui(view::transcript).stream().anyMatch(line -> line.startsWith("-- ") && line.contains("DELE")));
    }

    @Test
    void imapSessionsStandBesideEachOther() {
        execute("imap");
        phase("Not Authenticated");
        execute("imap");
        phase("Not Authenticated");
        execute("login");
        phase("Authenticated");
        send("SELECT INBOX");
        phase("Selected");
        var titles = ui(() -> view.tabs().stream().map(SessionTab::title).toList());
        assertEquals(2, titles.size());
        assertEquals(2, titles.stream().distinct().count(), titles::toString);
        assertEquals("Not Authenticated", ui(() -> view.tabs().getFirst().phase()));
    }

    @Test
    void onlyWhatIsLegalInThePhaseIsOffered() {
        execute("pop3");
        phase("Authorization");
        var offered = offered();
        assertTrue(offered.contains("USER name"), offered::toString);
        assertFalse(offered.contains("RETR msg"), offered::toString);
        execute("login");
        phase("Transaction");
        offered = offered();
        assertTrue(offered.contains("RETR msg"), offered::toString);
        assertFalse(offered.contains("USER name"), offered::toString);
    }

    @Test
    void enterSendsTheLineAndUpBringsItBack() {
        execute("pop3");
        phase("Authorization");
        ui(() -> {
            view.current().field().text().setText("CAPA");
            key(SWT.CR);
            return null;
        });
        until(() -> ui(view::transcript).contains("C: CAPA"));
        ui(() -> {
            assertEquals("", view.current().field().draft());
            key(SWT.ARROW_UP);
            assertEquals("CAPA", view.current().field().draft());
            return null;
        });
    }

    @Test
    void whatIsKeptOverARestartHoldsNoCredential() throws IOException {
        execute("pop3");
        phase("Authorization");
        for (var line : List.of("CAPA", "USER alice", "PASS hunter2", "APOP alice hunter2", "PSAS hunter2")) {
            send(line);
        }
        ui(() -> {
            view.current().field().setDraft("PASS hunter2");
            return null;
        });
        var memento = XMLMemento.createWriteRoot("view");
        ui(() -> {
            view.saveState(memento);
            return null;
        });
        var state = new StringWriter();
        memento.save(state);
        assertFalse(state.toString().contains("hunter2"), state::toString);
        var kept = InstanceScope.INSTANCE.getNode(Histories.NODE).get(Protocol.POP3.traceName(), null);
        assertTrue(kept.endsWith("CAPA\nUSER alice"), kept);
        assertFalse(kept.contains("hunter2"), kept);
        assertTrue(ui(() -> new Histories().of(Protocol.POP3).commands()).contains("CAPA"), "it is read back");
        assertFalse(ui(view::transcript).toString().contains("hunter2"));
    }

    @Test
    void whileTheServerIsStoppedTheTabOffersToStartIt() {
        server().stop();
        until(() -> server().situation().state() == WorkbenchServer.State.STOPPED);
        execute("imap");
        assertFalse(ui(view::isOpen));
        assertFalse(ui(() -> view.current().notice().action()).isEmpty());
        ui(() -> {
            view.current().notice().press();
            return null;
        });
        until(() -> ui(view::isOpen));
        phase("Not Authenticated");
    }

    @Test
    void aCommandThatCannotWorkNowIsDisabled() {
        execute("pop3");
        phase("Authorization");
        assertTrue(ui(() -> canExecute("cut")));
        assertFalse(ui(() -> canExecute("literal")));
        execute("cut");
        until(() -> ui(() -> view.current().isOver()));
        until(() -> !ui(() -> canExecute("cut")));
        assertFalse(ui(() -> canExecute("login")));
    }

    @Test
    void theLastTabLeavesTheWayToTheNext() {
        execute("pop3");
        phase("Authorization");
        execute("close");
        until(() -> ui(() -> view.tabs().isEmpty()));
        assertNull(ui(() -> view.current()));
        assertEquals("", ui(view::phase));
    }

    private List<String> offered() {
        return ui(() -> {
            view.propose("");
            return view.current().field().popup().labels();
        });
    }

    private void send(String line) {
        var before = ui(view::transcript).size();
        ui(() -> {
            view.send(line);
            return null;
        });
        until(() -> {
            var lines = ui(view::transcript);
            return lines.subList(Math.min(before, lines.size()), lines.size()).stream()
                    .anyMatch(said -> said.matches("S: (\\+OK|-ERR|a\\d+ ).*"));
        });
    }

    private void phase(String phase) {
        until(() -> ui(view::phase).equals(phase) && ui(view::session) > 0);
    }

    private void execute(String command) {
        until(() -> ui(() -> canExecute(command)));
        ui(() -> {
            try {
                return handlers().executeCommand(COMMANDS + command, null);
            } catch (CommandException e) {
                throw new AssertionError(command, e);
            }
        });
    }

    private boolean canExecute(String command) {
        var found = view.getSite().getService(ICommandService.class).getCommand(COMMANDS + command);
        found.setEnabled(handlers().getCurrentState());
        return found.isHandled() && found.isEnabled();
    }

    private IHandlerService handlers() {
        return view.getSite().getService(IHandlerService.class);
    }

    private void key(int code) {
        var event = new Event();
        event.keyCode = code;
        event.character = code == SWT.CR ? SWT.CR : 0;
        view.current().field().text().notifyListeners(SWT.KeyDown, event);
    }

    private static WorkbenchServer server() {
        return Mailscope.get().server();
    }

    private static void running() {
        until(() -> switch (server().situation().state()) {
            case RUNNING -> true;
            case STOPPED -> {
                server().startOnFreePorts();
                yield false;
            }
            case NOT_YET, STARTING, STOPPING, FAILED -> false;
        });
    }

    private static Folder inbox() {
        return server().recording().live().server().account("alice").orElseThrow().inbox();
    }

    private static <T> T ui(Supplier<T> work) {
        var result = new AtomicReference<T>();
        Display.getDefault().syncExec(() -> result.set(work.get()));
        return result.get();
    }

    private static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited too long");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
