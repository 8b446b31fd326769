package dev.mailscope.ui.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Tree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.lab.device.Action;
import dev.mailscope.lab.device.Device;
import dev.mailscope.lab.device.ImapSettings;
import dev.mailscope.lab.device.Pop3Settings;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.lab.LabPictures;

/** Devices in a real window, against the workbench's server. */
class DevicesViewTest {
    private static final List<String> SAMPLE = List.of("work: Meeting", "Brand: Advertisement", "Friend: Meme");

    private DevicesView view;

    @BeforeEach
    void open() {
        Robot.openPerspective();
        view = Robot.view(Mailscope.DEVICES_VIEW, DevicesView.class);
    }

    @AfterEach
    void removeAll() {
        Robot.ui(() -> {
            Mailscope.get().focus().goLive();
            Mailscope.get().devices().remove(agent -> true);
            Robot.page().hideView(view);
        });
        Mailscope.get().server().reset();
        Robot.caughtUp();
    }

    @Test
    void downloadAndDeleteLeavesTheMailOnOneDevice() throws Exception {
        press("Laptop and Phone: POP3, Download and Delete");
        synchronise("Laptop");
        Robot.until("the mail is on the laptop", () -> lines("Laptop").containsAll(SAMPLE));
        Robot.until("the server is empty", () -> lines("Mail Server").stream().noneMatch(SAMPLE::contains));
        synchronise("Phone");
        Robot.until("the phone has asked", () -> ledgers().stream().anyMatch(line -> line.startsWith("Phone")));
        assertTrue(lines("Phone").stream().noneMatch(SAMPLE::contains), () -> lines("Phone").toString());
        Robot.until("it says so", () -> states("Laptop").stream().filter("only here"::equals).count() == 3);
        LabPictures.picture("devices-delete");
    }

    @Test
    void aDeletionOnOneImapDeviceIsStaleOnTheOtherUntilItAsks() throws Exception {
        press("Laptop and Phone: IMAP");
        synchronise("Laptop");
        synchronise("Phone");
        Robot.until("both have the mail", () -> lines("Laptop").containsAll(SAMPLE)
                && lines("Phone").containsAll(SAMPLE));
        var laptop = device("Laptop");
        var before = Mailscope.get().server().recording().last();
        agent("Laptop").perform(new Action.Delete("INBOX", 1));
        agent("Laptop").perform(new Action.SetFlag("INBOX", 2, "\\Seen", true));
        Robot.until("it is gone from the laptop", () -> !lines("Laptop").contains("work: Meeting"));
        Robot.until("the phone is behind", () -> states("Phone").containsAll(List.of("only here", "flags differ")));
        LabPictures.picture("devices-imap");
        // Back in time: the laptop had it still.
        Robot.ui(() -> Mailscope.get().focus().selectEvent(before));
        Robot.until("the laptop is shown as it was", () -> lines("Laptop").contains("work: Meeting"));
        Robot.ui(() -> Mailscope.get().focus().goLive());
        synchronise("Phone");
        Robot.until("it is gone from the phone", () -> !lines("Phone").contains("work: Meeting"));
        assertEquals(2, laptop.copy().folder("INBOX").orElseThrow().messages().size());
    }

    @Test
    void whatIsDoneOfflineWaits() throws Exception {
        press("Laptop and Phone: IMAP");
        synchronise("Phone");
        Robot.until("the phone has the mail", () -> lines("Phone").containsAll(SAMPLE));
        Robot.ui(() -> agent("Phone").setOnline(false));
        Robot.until("the phone is offline", () -> titles().contains("Phone (offline)"));
        assertEquals(List.of(true, false), Robot.ask(() -> Robot.all(Button.class).stream()
                .filter(button -> button.getText().equals("Online")).map(Button::getSelection).toList()));
        agent("Phone").perform(new Action.Move("INBOX", 1, "Projects"));
        Robot.until("it waits", () -> states("Phone").stream()
                .anyMatch(state -> state.contains("waits for the server")));
        assertTrue(lines("Mail Server").contains("work: Meeting"));
        LabPictures.picture("devices-offline");
        Robot.ui(() -> agent("Phone").setOnline(true));
        synchronise("Phone");
        Robot.until("it has been played back", () -> states("Phone").stream()
                .noneMatch(state -> state.contains("waits for the server")) && device("Phone").pending().isEmpty());
        assertEquals(List.of(), device("Phone").conflicts());
    }

    @Test
    void aServerThatIsStoppedIsNamed() {
        press("Laptop and Phone: IMAP");
        Mailscope.get().server().stop();
        Robot.until("it is stopped", () -> Mailscope.get().server().situation().endpoints().isEmpty());
        synchronise("Phone");
        Robot.until("the phone says why", () -> agent("Phone").problem().startsWith("Phone: "));
        Mailscope.get().server().start();
        Robot.until("it runs", () -> !Mailscope.get().server().situation().endpoints().isEmpty());
        synchronise("Phone");
        Robot.until("the phone has the mail", () -> lines("Phone").containsAll(SAMPLE)
                && agent("Phone").problem().isEmpty());
    }

    @Test
    void devicesAndTheirMailSurviveTheWorkbench(@TempDir Path folder) throws Exception {
        var file = folder.resolve("devices.json");
        var server = Mailscope.get().server();
        var first = new Devices(file, server);
        Robot.ui(first::restore);
        Robot.ui(() -> first.add("Old", ServerConfig.SAMPLE_ACCOUNT, Pop3Settings.DELETE));
        Robot.ui(() -> first.add("Phone", ServerConfig.SAMPLE_ACCOUNT,
                new ImapSettings(ImapSettings.Method.QRESYNC, false)));
        first.all().getFirst().synchronise();
        first.all().getLast().setOnline(false);
        first.all().getLast().perform(new Action.CreateFolder("Work"));
        Robot.ui(first::close);
        var second = new Devices(file, server);
        // What is read is not there at once: it comes on the UI thread, and not by the time this is done.
        assertEquals(List.of(), Robot.ask(() -> {
            second.restore();
            return second.all();
        }));
        restored(second);
        try {
            assertEquals(List.of("Old", "Phone"), second.all().stream().map(Device::name).toList());
            assertEquals(3, second.all().getFirst().copy().folder("INBOX").orElseThrow().messages().size(),
                    "the only copy of the mail is there still");
            var phone = second.all().getLast();
            assertEquals(List.of(new Action.CreateFolder("Work")), phone.pending());
            assertFalse(phone.isOnline());
            phone.setOnline(true);
            phone.synchronise();
            assertEquals(List.of(), phone.conflicts(), "the password is found again");
        } finally {
            Robot.ui(second::close);
        }
        // Never restored, as no view was opened: what was kept stays.
        Robot.ui(new Devices(file, server)::close);
        // Nor when the workbench ends while it is read.
        var hasty = new Devices(file, server);
        Robot.ui(() -> {
            hasty.restore();
            hasty.close();
        });
        restored(hasty);
        assertEquals(List.of(), hasty.all());
        assertTrue(Files.readString(file).contains("\"Old\""));
        Files.writeString(file, "{");
        var third = new Devices(file, server);
        Robot.ui(third::restore);
        restored(third);
        Robot.ui(third::close);
        try (var files = Files.list(folder)) {
            assertEquals(2, files.filter(each -> each.getFileName().toString().matches("devices\\.json(-.*)?")).count(),
                    "what cannot be read is put aside");
        }
    }

    @Test
    void whatCannotEvenBePutAsideIsNotWrittenOver(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("devices.json"), "{");
        // Where it would be put in the next minutes, there is something that cannot be replaced.
        for (var second = 0; second < 300; second++) {
            Files.createDirectories(folder.resolve("devices.json-" + DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss")
                    .format(LocalDateTime.now().plusSeconds(second))).resolve("full"));
        }
        var devices = new Devices(file, Mailscope.get().server());
        Robot.ui(devices::restore);
        restored(devices);
        Robot.ui(() -> devices.add("Phone", ServerConfig.SAMPLE_ACCOUNT, Pop3Settings.KEEP));
        Robot.ui(devices::close);
        assertEquals("{", Files.readString(file));
    }

    private static void restored(Devices devices) {
        Robot.until("what was kept is read", () -> !devices.isRestoring());
    }

    private static void press(String text) {
        Robot.press(Robot.window().getShell(), text);
    }

    private static void synchronise(String name) {
        Robot.ui(agent(name)::synchronise);
        Robot.until(name + " is done", () -> !agent(name).isBusy());
    }

    private static Agent agent(String name) {
        return Robot.ask(() -> Mailscope.get().devices().agents().stream()
                .filter(agent -> agent.device().name().equals(name)).findFirst().orElseThrow());
    }

    private static Device device(String name) {
        return agent(name).device();
    }

    private static List<String> titles() {
        return Robot.ask(() -> Robot.all(MailPane.class).stream().map(MailPane::title).toList());
    }

    private static List<String> lines(String title) {
        return column(title, 0);
    }

    private static List<String> states(String title) {
        return column(title, 1);
    }

    private static List<String> column(String title, int column) {
        return Robot.ask(() -> Robot.all(MailPane.class).stream().filter(pane -> pane.title().startsWith(title))
                .findFirst().map(pane -> texts(pane, column)).orElse(List.of()));
    }

    private static List<String> texts(MailPane pane, int column) {
        var tree = (Tree) pane.tree().getControl();
        return Stream.of(tree.getItems()).flatMap(item -> Stream.concat(
                Stream.of(item), Stream.of(item.getItems())))
                .map(item -> item.getText(column)).toList();
    }

    private static List<String> ledgers() {
        return Robot.ask(() -> Robot.all(Table.class).stream()
                .filter(table -> table.getColumnCount() > 5 && table.getColumn(3).getText().equals("Round Trips"))
                .flatMap(table -> Stream.of(table.getItems())).map(item -> item.getText(0)).toList());
    }
}
