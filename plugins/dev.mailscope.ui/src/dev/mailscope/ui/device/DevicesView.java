package dev.mailscope.ui.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.ViewPart;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Icons;
import dev.mailscope.ui.Mailscope;
import dev.mailscope.ui.MomentBanner;
import dev.mailscope.ui.TraceFeed;
import dev.mailscope.ui.ViewFont;

/** The server and the devices side by side, as they are or were: who has which mail, and what is out of step. */
public final class DevicesView extends ViewPart {
    private final Mailscope mailscope = Mailscope.get();
    private final Focus focus = mailscope.focus();
    private final Devices devices = mailscope.devices();
    private final Map<Agent, DevicePane> panes = new HashMap<>();
    private final Runnable devicesListener = this::devicesChanged;
    private final Focus.Listener focusListener = this::show;
    private final TraceFeed.Listener feedListener = batch -> show();
    private Composite stack;
    private Composite content;
    private EmptyDevices empty;
    private ScrolledComposite scrolled;
    private Composite columns;
    private MailPane serverPane;
    private LedgerTable ledger;
    private Action all;
    private Action remove;
    private Action add;
    private Account shownAccount;
    private boolean guests;
    private List<Row> serverRows = List.of();

    @Override
    public void createPartControl(Composite parent) {
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, getSite().getId());
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        new MomentBanner(parent, focus, () -> focus.source().isServer() ? "" : Messages.view_own);
        stack = new Composite(parent, SWT.NONE);
        stack.setLayout(new StackLayout());
        GridDataFactory.fillDefaults().grab(true, true).applyTo(stack);
        empty = new EmptyDevices(stack, devices, this::addDevice);
        content = new Composite(stack, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(content);
        var sash = new SashForm(content, SWT.VERTICAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
        scrolled = new ScrolledComposite(sash, SWT.H_SCROLL);
        scrolled.setExpandHorizontal(true);
        scrolled.setExpandVertical(true);
        columns = new Composite(scrolled, SWT.NONE);
        scrolled.setContent(columns);
        serverPane = new MailPane(columns);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(serverPane);
        ViewFont.apply(columns, ViewFont.TABLES, font -> parent.getDisplay().asyncExec(this::fit));
        ledger = new LedgerTable(sash);
        sash.setWeights(72, 28);
        createActions();
        getSite().<IContextService>getService(IContextService.class).activateContext(Mailscope.CONTEXT);
        devices.addListener(devicesListener);
        focus.addListener(focusListener);
        mailscope.feed().addListener(feedListener);
        mailscope.server().open();
        devices.restore();
        devicesChanged();
    }

    @Override
    public void setFocus() {
        var first = devices.agents().isEmpty() ? null : panes.get(devices.agents().getFirst());
        if (first != null) {
            first.setFocus();
        } else {
            // None, or none that is shown yet.
            empty.setFocus();
        }
    }

    @Override
    public void dispose() {
        devices.removeListener(devicesListener);
        focus.removeListener(focusListener);
        mailscope.feed().removeListener(feedListener);
        super.dispose();
    }

    private void createActions() {
        add = new Action(Messages.action_add, Icons.descriptor("device/add")) {
            @Override
            public void run() {
                addDevice();
            }
        };
        all = new Action(Messages.action_synchroniseAll, Icons.descriptor("device/synchronise")) {
            @Override
            public void run() {
                devices.agents().stream().filter(agent -> agent.device().isOnline()).forEach(Agent::synchronise);
            }
        };
        remove = new Action(Messages.action_removeAll) {
            @Override
            public void run() {
                devices.remove(agent -> true);
            }
        };
        var bars = getViewSite().getActionBars();
        bars.getToolBarManager().add(all);
        bars.getToolBarManager().add(add);
        bars.getMenuManager().add(add);
        bars.getMenuManager().add(all);
        bars.getMenuManager().add(remove);
        bars.setGlobalActionHandler(ActionFactory.REFRESH.getId(), all);
    }

    private void addDevice() {
        new NewDeviceDialog(getSite().getShell(), devices, mailscope.server().accounts()).open();
    }

    private void devicesChanged() {
        if (stack.isDisposed()) {
            return;
        }
        var agents = devices.agents();
        if (guests != devices.areGuests()) {
            guests = devices.areGuests();
            serverPane.forget();
        }
        var changed = panes.keySet().removeIf(agent -> {
            var gone = !agents.contains(agent);
            if (gone) {
                panes.get(agent).dispose();
            }
            return gone;
        });
        for (var agent : agents) {
            if (!panes.containsKey(agent)) {
                var pane = new DevicePane(columns, agent, devices, getViewSite());
                GridDataFactory.fillDefaults().grab(true, true).applyTo(pane.control());
                panes.put(agent, pane);
                changed = true;
            }
        }
        all.setEnabled(!agents.isEmpty());
        add.setEnabled(!devices.areGuests() && !devices.isRestoring());
        remove.setEnabled(!agents.isEmpty() && !devices.areGuests());
        empty.show();
        show();
        var top = agents.isEmpty() ? empty.control() : content;
        var layout = (StackLayout) stack.getLayout();
        if (changed || layout.topControl != top) {
            columns.setLayout(new GridLayout(agents.size() + 1, true));
            var other = layout.topControl != top;
            layout.topControl = top;
            fit();
            stack.layout(true, true);
            if (other && getSite().getPage().getActivePart() == this) {
                setFocus(); // what had it is hidden now
            }
        }
    }

    private void fit() {
        if (!columns.isDisposed()) {
            columns.layout(true, true);
            scrolled.setMinSize(columns.computeSize(SWT.DEFAULT, SWT.DEFAULT).x, 0);
        }
    }

    private void show() {
        if (stack.isDisposed() || devices.agents().isEmpty()) {
            return;
        }
        var moment = moment();
        // The devices belong to the workbench's server, whatever recording is looked at.
        var live = focus.isLive() || !focus.source().isServer();
        var users = devices.agents().stream().map(agent -> agent.device().account().user()).distinct().toList();
        var account = account(moment, users.getFirst());
        if (account != shownAccount) {
            shownAccount = account;
            serverRows = account == null ? List.of() : Row.of(account);
        }
        serverPane.show(Messages.server_title, users.size() == 1 ? serverLine(account)
                : String.join(", ", users) + ": " + Messages.server_first,
                serverRows);
        for (var agent : devices.agents()) {
            var pane = panes.get(agent);
            if (pane != null) {
                pane.show(live ? agent.timeline().now() : agent.timeline().at(moment.number()),
                        account(moment, agent.device().account().user()), live);
            }
        }
        ledger.show(devices.agents());
    }

    private Moment moment() {
        return focus.source().isServer() ? focus.moment() : focus.server().newest();
    }

    private static Account account(Moment moment, String user) {
        return moment.server().account(user).orElse(null);
    }

    private static String serverLine(Account account) {
        return account == null ? Messages.server_none
                : Counted.text(Messages.server_line, account.name(),
                        account.folders().values().stream().mapToInt(folder -> folder.size()).sum());
    }
}
