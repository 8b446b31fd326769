package dev.mailscope.ui.device;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;

import dev.mailscope.lab.device.Device;
import dev.mailscope.lab.device.MailAccount;
import dev.mailscope.lab.device.Reports;
import dev.mailscope.lab.device.Timeline;
import dev.mailscope.ui.Turns;
import dev.mailscope.ui.WorkbenchServer;

/** A device of the workbench: what it was like at each moment, and its work, in Jobs one after the other. */
final class Agent implements AutoCloseable {
    /** Work that speaks with the server. */
    interface Work {
        void run() throws IOException;
    }

    private final Device device;
    private final Timeline timeline;
    private final Reports reports;
    private final WorkbenchServer server;
    private final Runnable changed;
    private final Turns turns = new Turns();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile String problem = "";

    /**
     * @param guest   true for a device that somebody else made, who ends it and says in the trace what it is like
     * @param changed called on any thread when the device is another, or its work
     */
    Agent(Device device, WorkbenchServer server, boolean guest, Runnable changed) {
        this.device = device;
        this.server = server;
        this.changed = changed;
        timeline = new Timeline(device, () -> server.recording() == null ? 0 : server.recording().last());
        reports = guest ? null : new Reports(device, server::record);
        device.addListener(changed);
    }

    Device device() {
        return device;
    }

    Timeline timeline() {
        return timeline;
    }

    /** True while it works. */
    boolean isBusy() {
        return waiting.get() > 0;
    }

    /** Why its last work failed, in words; empty when it did not. */
    String problem() {
        return problem;
    }

    void synchronise() {
        schedule(NLS.bind(Messages.job_synchronise, device.name()), device::synchronise);
    }

    void perform(dev.mailscope.lab.device.Action action) {
        schedule(NLS.bind(Messages.job_perform, device.name(), action.words()), () -> device.perform(action));
    }

    void setOnline(boolean online) {
        device.setOnline(online);
        problem = "";
        changed.run();
    }

    private void schedule(String name, Work work) {
        count(1);
        var job = Job.create(name, (ICoreRunnable) monitor -> {
            try {
                reach();
                if (reports != null) {
                    reports.again();
                }
                work.run();
                problem = "";
            } catch (IOException | IllegalArgumentException | IllegalStateException e) {
                problem = e.getMessage();
            } finally {
                count(-1);
            }
        });
        job.setRule(turns);
        job.schedule();
    }

    /** The server may have got other ports. */
    private void reach() throws IOException {
        account(server, device.account().user(), device.account().password()).ifPresent(device::reach);
    }

    /** Where the mail of that account is; empty while the server does not listen for both protocols. */
    static Optional<MailAccount> account(WorkbenchServer server, String user, String password) {
        var imap = server.endpoint("imap");
        var pop3 = server.endpoint("pop3");
        return imap.isEmpty() || pop3.isEmpty() ? Optional.empty()
                : Optional.of(new MailAccount(imap.get().address().getHostString(), imap.get().address().getPort(),
                        pop3.get().address().getPort(), user, password));
    }

    private void count(int more) {
        waiting.addAndGet(more);
        changed.run();
    }

    @Override
    public void close() {
        device.removeListener(changed);
        timeline.close();
        if (reports != null) {
            device.close();
            reports.close();
        }
    }
}
