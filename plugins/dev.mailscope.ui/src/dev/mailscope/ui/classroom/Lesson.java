package dev.mailscope.ui.classroom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;
import org.osgi.service.prefs.BackingStoreException;

import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.classroom.Attendance;
import dev.mailscope.server.classroom.Classroom;
import dev.mailscope.server.classroom.HandOut;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.Turns;
import dev.mailscope.ui.WorkbenchServer;
import dev.mailscope.ui.WorkbenchServer.State;

/**
 * The class that the workbench's server is open for, at most one. While it is, a server of its own stands in the place
 * of the workbench's, which does not listen meanwhile and goes on afterwards as it was. It ends with the workbench, and
 * the next one says so. Used on the UI thread; what takes time is done in Jobs.
 */
public final class Lesson implements AutoCloseable {
    private static final String OPEN = "classroom.open";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    /**
     * A class and its server.
     *
     * @param classroom the class
     * @param server    its server, which runs, or did
     * @param handOut   what its students need; holds their passwords
     */
    public record Opened(Classroom classroom, MailServer server, HandOut handOut) {
        /** The recording for reading, when the server has ended: who opens it closes it. */
        Recording reopened() throws IOException {
            var file = server.trace().status().file();
            if (file == null) {
                throw new IOException(Messages.lesson_noFile);
            }
            return Recording.open(file);
        }
    }

    /** Makes a class. For a Job. */
    interface Making {
        /** IOException says why it cannot be made. */
        Classroom make() throws IOException;
    }

    private final WorkbenchServer server;
    private final Turns turns = new Turns();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Opened opened;
    private volatile Opened recording;
    private Opened last;
    private String notice;
    private boolean ran;
    private boolean busy;
    private boolean cancelled;

    /** None is open; if one was when the workbench ended, the notice says so. */
    public Lesson(WorkbenchServer server) {
        this.server = server;
        var before = InstanceScope.INSTANCE.getNode(Mailscope.ID).get(OPEN, "");
        this.notice = before.isEmpty() ? "" : NLS.bind(Messages.lesson_wasOpen, before);
        if (!before.isEmpty()) {
            remember("");
        }
    }

    /** The class whose server is open; empty for none. */
    public Optional<Opened> opened() {
        return Optional.ofNullable(opened);
    }

    /** The class that is open, or was last; empty before the first. */
    public Optional<Opened> last() {
        return Optional.ofNullable(last);
    }

    /** What the user should know of the last workbench's end; empty for nothing, and once it was read. */
    public String notice() {
        return notice;
    }

    /** The notice was read. */
    public void read() {
        notice = "";
        changed();
    }

    /** Calls the listener on the UI thread whenever a class's server is opened or closed. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** No longer calls the listener. */
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /** True while that class's server has its recording; it gives it up in one of the turns. */
    boolean isRecording(Opened of) {
        return recording == of;
    }

    /** The rule for all that reads the recording of a class: it is not closed meanwhile. */
    Turns turns() {
        return turns;
    }

    /** True while a class's server is being opened or closed. */
    boolean isBusy() {
        return busy;
    }

    /**
     * Opens a server for a class.
     *
     * @param making makes the class, when the workbench's server no longer listens
     * @param base   ports, TLS and limits
     * @param answer is called with what is wrong, in words; with an empty text when it is open; not when it is
     *               cancelled
     */
    void open(Making making, ServerConfig base, Consumer<String> answer) {
        if (busy) {
            answer.accept(Messages.lesson_busy);
            return;
        }
        if (opened != null || !server.take(this)) {
            answer.accept(Messages.lesson_taken);
            return;
        }
        busy = true;
        cancelled = false;
        var before = server.situation().state();
        ran = before == State.RUNNING || before == State.STARTING;
        if (!ran) {
            go(making, base, answer);
            return;
        }
        // Its ports are wanted, and nobody is to get in by the sample account.
        server.addListener(new Runnable() {
            @Override
            public void run() {
                var now = server.situation().state();
                if (now == State.STOPPED || now == State.FAILED) {
                    server.removeListener(this);
                    go(making, base, answer);
                }
            }
        });
        server.stop();
    }

    /** Gives up what is being opened: nothing listens for the class, and the workbench's server goes on as it was. */
    void cancel() {
        cancelled = busy;
    }

    /** Closes it: the students' sessions end, and the workbench's server goes on as it was. */
    void end() {
        var now = opened;
        if (now == null || busy) {
            return;
        }
        busy = true;
        opened = null;
        server.host(null);
        changed();
        close(now, false);
    }

    /** The workbench ends: so does the class's server, and the next workbench says so. */
    @Override
    public void close() {
        var now = opened;
        if (now != null) {
            now.server().close();
        }
    }

    private void go(Making making, ServerConfig base, Consumer<String> answer) {
        if (cancelled) {
            goOn();
            return;
        }
        Job.create(Messages.lesson_opening, (ICoreRunnable) monitor -> {
            try {
                var made = make(making.make(), base);
                onDisplay(() -> stands(made, answer));
            } catch (IOException e) {
                onDisplay(() -> failed(WorkbenchServer.message(e), answer));
            } catch (RuntimeException e) {
                Mailscope.log(Messages.lesson_opening, e);
                onDisplay(() -> failed(WorkbenchServer.message(e), answer));
            }
        }).schedule();
    }

    private void close(Opened now, boolean givenUp) {
        Job.create(Messages.lesson_closing, (ICoreRunnable) monitor -> {
            try {
                now.server().stop(); // at once, whatever is being saved
                if (givenUp) {
                    giveUp(now.server());
                } else {
                    closeRecording(now);
                }
                remember("");
            } finally {
                onDisplay(this::goOn);
            }
        }).schedule();
    }

    private void closeRecording(Opened now) {
        Job.getJobManager().beginRule(turns, null);
        try {
            recording = null;
            now.server().close();
        } finally {
            Job.getJobManager().endRule(turns);
        }
    }

    private Opened make(Classroom classroom, ServerConfig base) throws IOException {
        Files.createDirectories(server.recordingsFolder());
        // A name of its own, so that it is not one of the oldest recordings that go by themselves.
        var time = LocalDateTime.now();
        while (Files.exists(recording(time))) { // two in a second, or a clock that was set back
            time = time.plusSeconds(1);
        }
        var file = recording(time);
        // A certificate of its own: it names other addresses, and clients of the workbench's server know that one's.
        var certificate = server.selfSignedFile().resolveSibling("class-" + server.selfSignedFile().getFileName());
        var made = MailServer.open(classroom.in(base.withTls(base.tls().withSelfSigned(certificate)))
                .withRecording(file));
        try {
            made.start();
            var handOut = classroom.handOut(made);
            remember(String.join(", ", classroom.hosts()));
            return new Opened(classroom, made, handOut);
        } catch (IOException | RuntimeException e) {
            giveUp(made);
            throw e;
        }
    }

    /** Ends a server that was never shown, and removes its recording unless somebody has connected. */
    private static void giveUp(MailServer made) {
        made.stop();
        var file = made.trace().status().file();
        var unused = file != null && Attendance.isNobody(made.trace()); // closed, it could not be read to its end
        made.close();
        if (unused) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                Mailscope.log(e.getMessage(), e);
            }
        }
    }

    private Path recording(LocalDateTime time) {
        return server.recordingsFolder().resolve(TIME.format(time) + "-class.mailtrace");
    }

    private void stands(Opened made, Consumer<String> answer) {
        if (cancelled) {
            close(made, true);
            return;
        }
        busy = false;
        opened = made;
        recording = made;
        last = made;
        notice = "";
        // Without accounts: a view that proposes a login would show a student's password.
        server.host(new WorkbenchServer.Guest(Messages.lesson_name, made.server(), List.of()));
        changed();
        answer.accept("");
    }

    private void failed(String problem, Consumer<String> answer) {
        goOn();
        if (!cancelled) {
            answer.accept(problem);
        }
    }

    private void goOn() {
        busy = false;
        server.giveBack(this);
        if (ran) {
            server.start();
        }
        changed();
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    private static void remember(String where) {
        var node = InstanceScope.INSTANCE.getNode(Mailscope.ID);
        node.put(OPEN, where);
        try {
            node.flush();
        } catch (BackingStoreException e) {
            Mailscope.log(e.getMessage(), e);
        }
    }

    private static void onDisplay(Runnable work) {
        var display = Display.getDefault();
        if (!display.isDisposed()) {
            display.asyncExec(work);
        }
    }
}
