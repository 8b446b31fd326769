package dev.mailscope.lab.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import dev.mailscope.lab.device.Device;
import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.pack.Step;
import dev.mailscope.server.MailServer;

/**
 * A lab at work: a server of its own on free ports of the loopback address, its devices, and the step the student is
 * at. Everything is kept in a folder, so that it can be resumed after a restart. Any thread may call it;
 * {@link #begin}, {@link #end}, {@link #retry} and {@link #close} take their time, one after the other.
 */
public final class LabRun implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LabRun.class.getName());
    private static final String CLOSED = "This lab is closed.";
    private static final long LOOK_EVERY_MILLIS = 100;

    /** What goes on at once: a step begins, ends, is done again. Taken before {@link #state}. */
    private final ReentrantLock work = new ReentrantLock();
    private final ReentrantLock state = new ReentrantLock();
    private final Condition ended = state.newCondition();
    private final Lab lab;
    private final Workplace place;
    private final Savepoints savepoints;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread looking;
    private volatile Equipment equipment;
    private volatile Progress progress;
    private volatile boolean closed;
    private int parts;
    private Watch watch;
    // True when a step has begun and what it does itself has failed half-way.
    private boolean spoilt;

    private LabRun(Lab lab, Workplace place, Progress progress, int parts) {
        this.lab = lab;
        this.place = place;
        this.savepoints = new Savepoints(lab, place);
        this.progress = progress;
        this.parts = parts;
        this.looking = Thread.ofVirtual().name("mailscope-lab").unstarted(this::keepLooking);
    }

    /** True when work at a lab is kept in that folder. */
    public static boolean isBegun(Path folder) {
        return Workplace.isBegun(folder);
    }

    /**
     * Begins a lab: makes its server, its accounts and its devices. The first step is open then.
     *
     * @param folder where all of it is kept; it is made when it is not there. IOException when work is kept there
     *               already, when it cannot be written, and when the lab's set-up cannot be carried out
     */
    public static LabRun begin(Lab lab, Path folder) throws IOException {
        var place = Workplace.in(folder);
        LabRun run = null;
        try {
            if (isBegun(folder)) {
                throw new IOException("There is work at a lab in " + folder + " already.");
            }
            run = new LabRun(lab, place, Progress.of(lab), place.unused(1));
            run.equipment = Equipment.empty(place.part(run.parts));
            for (var command : lab.setup()) {
                run.equipment.carryOut(command);
            }
            place.keepSource(lab.source());
            run.saveStep();
            run.keep();
            run.looking.start();
            return run;
        } catch (IOException | RuntimeException e) {
            abandon(run, place);
            throw e;
        }
    }

    /**
     * Goes on with a lab. What was replied and which steps have ended is as it was; the step that was worked at begins
     * anew, from how everything was at its beginning.
     *
     * @param lab the same lab. IOException when it is another one, or the folder cannot be read
     */
    public static LabRun resume(Lab lab, Path folder) throws IOException {
        var place = Workplace.in(folder);
        LabRun run = null;
        try {
            var kept = place.kept();
            if (!kept.source().equals(lab.source()) || kept.progress().steps().size() != lab.steps().size()) {
                throw new IOException("The lab \"" + lab.title() + "\" is not the one, or no longer the one, that was"
                        + " begun in " + folder + ".");
            }
            run = new LabRun(lab, place, kept.progress(), kept.parts());
            run.restore(kept.progress().current());
            run.looking.start();
            return run;
        } catch (IOException | RuntimeException e) {
            abandon(run, place);
            throw e;
        }
    }

    private static void abandon(LabRun run, Workplace place) throws IOException {
        if (run != null && run.equipment != null) {
            run.equipment.close();
        }
        place.close();
    }

    /** The lab. */
    public Lab lab() {
        return lab;
    }

    /** Where the work is kept. */
    public Path folder() {
        return place.folder();
    }

    /** The server; another one after {@link #retry}. */
    public MailServer server() {
        return equipment.server();
    }

    /** The devices there are by now, in the order in which they came; others after {@link #retry}. */
    public List<Device> devices() {
        return equipment.devices();
    }

    /** The device of that name. */
    public Optional<Device> device(String name) {
        return equipment.device(name);
    }

    /** How far it is: a value, made anew whenever something is another. */
    public Progress progress() {
        return progress;
    }

    /** The step that is open or worked at; empty when all have ended. */
    public Optional<Step> step() {
        var now = progress;
        return now.isFinished() ? Optional.empty() : Optional.of(lab.steps().get(now.current()));
    }

    /** The recording of that number, from 1, as {@link StepState#part} says: a file; the last one is being written. */
    public Path part(int number) {
        return place.part(number);
    }

    /** How many recordings there are: one more with each retry, and each time the work was resumed. */
    public int parts() {
        state.lock();
        try {
            return parts;
        } finally {
            state.unlock();
        }
    }

    /** Calls the listener, on any thread, whenever the progress is another, or the server and the devices are. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** No longer calls the listener. */
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /**
     * Answers a question of the current step. A reply is final, also when the step is done again.
     * IllegalArgumentException says why this cannot be the answer, IllegalStateException why there cannot be one now.
     */
    public void answer(Block.Question question, Reply reply) throws IOException {
        check(question, reply.objection(question.answer()));
        reply(question, reply, StepState.Stage.WORKING, "The step has not begun yet.");
    }

    /** Says what will happen in the current step, before it begins. The exceptions are those of {@link #answer}. */
    public void predict(Block.Prediction prediction, Reply reply) throws IOException {
        check(prediction, reply.objection(prediction.outcome()));
        reply(prediction, reply, StepState.Stage.OPEN, "What happens in this step is no longer a prediction.");
    }

    private void check(Block block, String objection) {
        if (step().isEmpty() || !step().get().blocks().contains(block)) {
            throw new IllegalStateException("This question is not one of the current step.");
        }
        if (!objection.isEmpty()) {
            throw new IllegalArgumentException(objection);
        }
    }

    private void reply(Block block, Reply reply, StepState.Stage stage, String otherwise) throws IOException {
        change(now -> {
            if (now.now().stage() != stage) {
                throw new IllegalStateException(otherwise);
            }
            if (now.now().reply(block) != null) {
                throw new IllegalStateException("This has been answered already.");
            }
            return now.with(step -> step.replied(block.line(), reply));
        });
    }

    /** The next hint of the current step, which counts; empty when there is none more. */
    public Optional<Block.Hint> hint() throws IOException {
        var hint = new Block.Hint[1];
        change(now -> {
            var hints = now.isFinished() ? List.<Block.Hint>of()
                    : lab.steps().get(now.current()).blocks(Block.Hint.class);
            if (hints.isEmpty() || now.now().hints() >= hints.size()) {
                return now;
            }
            hint[0] = hints.get(now.now().hints());
            return now.with(StepState::hinted);
        });
        return Optional.ofNullable(hint[0]);
    }

    /**
     * Begins the current step: does what it does itself. Everything must be predicted; IllegalStateException when
     * something is not, or the step has begun. IOException, with the line, when what it does fails: then it is open as
     * before, and can be begun again.
     */
    public void begin() throws IOException {
        work.lock();
        try {
            var now = progress.now();
            var step = lab.steps().get(progress.current());
            refuse(closed, CLOSED);
            refuse(now.stage() != StepState.Stage.OPEN, "The step has begun already.");
            refuse(!now.isPredicted(step), "Say first what you think will happen.");
            if (spoilt) {
                restore(progress.current());
            }
            var before = server().trace().last();
            spoilt = true;
            for (var doing : step.blocks(Block.Doing.class)) {
                for (var command : doing.commands()) {
                    equipment.carryOut(command);
                }
            }
            spoilt = false;
            change(whole -> {
                watch = new Watch(step, server().trace(), before, () -> closed);
                return whole.with(state -> state.begun(parts, before));
            });
            look();
        } finally {
            work.unlock();
        }
    }

    /**
     * Ends the current step as it is, and opens the next one. What was predicted is compared with what has happened.
     * IllegalStateException when it has not begun.
     */
    public StepState end() throws IOException {
        work.lock();
        try {
            refuse(closed, CLOSED);
            refuse(progress.now().stage() != StepState.Stage.WORKING, "The step has not begun yet.");
            var index = progress.current();
            look();
            change(now -> {
                var state = now.now();
                return now.with(step -> step.ended(watch.predictions(state, state.last()))).next();
            });
            saveStep();
            return progress.steps().get(index);
        } finally {
            work.unlock();
        }
    }

    /**
     * Does a step again, and what comes after it after that: everything is as it was when that step was opened. Server
     * and devices are new ones; nobody is connected. What was replied stays. IllegalArgumentException when that step
     * was never open. IOException when the saved state cannot be read; then nothing is changed.
     */
    public void retry(int step) throws IOException {
        work.lock();
        try {
            refuse(closed, CLOSED);
            if (step < 0 || step > progress.current() || step >= lab.steps().size()) {
                throw new IllegalArgumentException("Step " + (step + 1) + " has not been opened yet.");
            }
            restore(step);
        } finally {
            work.unlock();
        }
    }

    /** Looks at the checks of the current step, up to the newest event; by itself, that happens ten times a second. */
    public void look() {
        var changed = false;
        state.lock();
        try {
            if (closed || progress.isFinished() || progress.now().stage() != StepState.Stage.WORKING) {
                return;
            }
            var last = server().trace().last();
            var findings = watch.upTo(last);
            changed = !findings.equals(progress.now().findings());
            progress = progress.with(step -> step.looked(last, findings));
        } finally {
            state.unlock();
        }
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    private void keepLooking() {
        state.lock();
        try {
            while (!closed) {
                if (ended.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS) || closed) {
                    continue;
                }
                if (!progress.isFinished() && progress.now().stage() == StepState.Stage.WORKING
                        && progress.now().last() < server().trace().last()) {
                    state.unlock();
                    try {
                        look();
                    } finally {
                        state.lock();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            state.unlock();
        }
    }

    /** Everything as it was when that step was opened; the work lock is held, or nobody else knows of this yet. */
    private void restore(int step) throws IOException {
        var next = place.unused(parts + 1);
        var old = equipment;
        var made = savepoints.reopen(step, old, parts, next);
        change(now -> {
            equipment = made;
            parts = next;
            watch = null;
            spoilt = false;
            return step < lab.steps().size() ? now.back(step) : now;
        });
        if (old != null) {
            old.close();
        }
        saveStep();
    }

    private void saveStep() throws IOException {
        savepoints.save(progress.current(), parts, equipment);
    }

    private void change(UnaryOperator<Progress> how) throws IOException {
        state.lock();
        try {
            refuse(closed, CLOSED);
            progress = how.apply(progress);
            keep();
        } finally {
            state.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    private void keep() throws IOException {
        place.keep(parts, progress);
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new IllegalStateException(why);
        }
    }

    /** Ends the server, its recording and the devices; the work stays in its folder, to be resumed. */
    @Override
    public void close() {
        work.lock();
        try {
            if (closed) {
                return;
            }
            state.lock();
            try {
                closed = true;
                ended.signalAll();
            } finally {
                state.unlock();
            }
            if (Thread.currentThread() != looking) {
                looking.join();
            }
            equipment.close();
            place.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the lock of " + folder() + " could not be given back", e);
        } finally {
            work.unlock();
        }
    }
}
