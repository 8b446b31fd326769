package dev.mailscope.ui.lab;

import java.io.IOException;
import java.util.Set;

import org.eclipse.ui.IViewPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.mailscope.lab.device.Action;
import dev.mailscope.lab.device.Device;
import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.run.LabRun;
import dev.mailscope.lab.run.Reply;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Pictures;
import dev.mailscope.ui.Robot;
import dev.mailscope.ui.session.ConsoleView;
import dev.mailscope.ui.session.Protocol;

/**
 * Takes the pictures of the four walks that the help shows. Runs only when the system property
 * {@code mailscope.screenshots} names the folder for the pictures.
 */
class LabScenario {
    private final Labs labs = Mailscope.get().labs();

    @BeforeEach
    void open() throws IOException {
        Pictures.assumeWanted();
        Robot.ui(() -> Robot.window().getShell().setMaximized(true));
        Robot.openPerspective();
        Robot.view(Mailscope.LAB_VIEW, LabView.class);
    }

    @AfterEach
    void close() {
        Robot.ui(() -> {
            labs.leaveLab();
            Robot.page().hideView(Robot.page().findView(Mailscope.LAB_VIEW));
        });
        Robot.until("no lab is open", () -> labs.run().isEmpty() && !labs.isBusy()
                && Mailscope.get().server().guest().isEmpty());
    }

    @Test
    void pop3Phases() throws Exception {
        begin("pop3-phases", new Reply.Chosen(Set.of(0)));
        var console = Robot.view(Mailscope.SESSION_VIEW, ConsoleView.class);
        Robot.ui(() -> console.open(Protocol.POP3));
        Robot.until("the server has greeted", () -> console.transcript().stream().anyMatch(l -> l.contains("+OK")));
        for (var line : new String[] {"STAT", "USER alice", "PASS secret", "STAT"}) {
            var before = Robot.ask(() -> console.transcript().size());
            Robot.ui(() -> console.send(line));
            Robot.until(line + " is answered", () -> console.transcript().stream().skip(before)
                    .anyMatch(said -> said.startsWith("S: ")));
        }
        allHold();
        Pictures.take("16-lab-phases");
        Robot.ui(console::closeTab);
    }

    @Test
    void pop3TwoDevices() throws Exception {
        begin("pop3-two-devices", new Reply.Written("0"));
        device("Laptop").synchronise();
        allHold();
        Pictures.take("17-lab-pop3-devices");
    }

    @Test
    void imapTwoDevices() throws Exception {
        var run = begin("imap-two-devices", new Reply.Written("1"));
        device("Laptop").synchronise();
        device("Phone").synchronise();
        allHold();
        labs.perform("", LabRun::end);
        Robot.until("the second step", () -> run.progress().current() == 1 && !labs.isBusy());
        predict(new Reply.Chosen(Set.of(1)));
        device("Phone").perform(new Action.Delete("INBOX", 2));
        Robot.until("two checks hold", () -> run.progress().now().findings().stream()
                .filter(finding -> finding.holds()).count() == 2);
        Pictures.take("18-lab-imap-devices");
    }

    @Test
    void whichProtocol() throws Exception {
        var run = begin("which-protocol", new Reply.Chosen(Set.of(0)), new Reply.Chosen(Set.of(2)));
        allHold();
        labs.perform("", LabRun::end);
        Robot.until("the second step", () -> run.progress().current() == 1 && !labs.isBusy());
        Robot.ui(() -> ((LabView) Robot.page().findView(Mailscope.LAB_VIEW)).look(0));
        Pictures.take("19-lab-which");
    }

    private LabRun begin(String name, Reply... predicted) {
        Robot.ui(() -> ShippedLabs.all().stream().filter(lab -> lab.name().equals(name)).findFirst().orElseThrow()
                .open(labs));
        Robot.until("the lab is open", () -> labs.run().isPresent() && !labs.isBusy());
        if (labs.run().orElseThrow().progress().now().isPredicted(labs.run().orElseThrow().step().orElseThrow())) {
            Robot.ui(labs::beginAnew);
            Robot.until("it is begun anew", () -> !labs.isBusy());
        }
        Robot.view(Mailscope.DEVICES_VIEW, IViewPart.class);
        Robot.view(Mailscope.LAB_VIEW, LabView.class);
        predict(predicted);
        return labs.run().orElseThrow();
    }

    private void predict(Reply... replies) {
        labs.perform("", run -> {
            var asked = run.step().orElseThrow().blocks(Block.Prediction.class);
            for (var i = 0; i < replies.length; i++) {
                run.predict(asked.get(i), replies[i]);
            }
        });
        Robot.until("the step has begun: " + labs.problem(), () -> !labs.isBusy()
                && !labs.run().orElseThrow().progress().now().findings().isEmpty());
    }

    private void allHold() {
        Robot.until("all checks hold", () -> labs.run().orElseThrow().progress().now().findings().stream()
                .allMatch(finding -> finding.holds()));
    }

    private Device device(String name) {
        return labs.run().orElseThrow().device(name).orElseThrow();
    }
}
