package dev.mailscope.ui.device;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.actions.ActionFactory;

import dev.mailscope.lab.device.Action.CreateFolder;
import dev.mailscope.lab.device.Action.Delete;
import dev.mailscope.lab.device.Action.Move;
import dev.mailscope.lab.device.Action.RenameFolder;
import dev.mailscope.lab.device.Action.SetFlag;
import dev.mailscope.lab.device.Timeline;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.MomentBanner;
import dev.mailscope.ui.ViewFont;

/** One device in the view: its mail, its network, and what its user can do. */
final class DevicePane {
    private static final String SEEN = "\\Seen";
    private static final String FLAGGED = "\\Flagged";

    private final Agent agent;
    private final Devices devices;
    private final IViewSite site;
    private final MailPane pane;
    private final Button online;
    private final Button synchronise;
    private final IAction delete = action(Messages.action_delete, () -> each(row -> new Delete(row.folder, row.id)));
    private final IAction rename = action(Messages.action_renameFolder, this::rename);
    private boolean live = true;
    private Timeline.Snapshot shown;
    private Account shownBeside;
    private List<Row> rows = List.of();

    DevicePane(Composite parent, Agent agent, Devices devices, IViewSite site) {
        this.agent = agent;
        this.devices = devices;
        this.site = site;
        pane = new MailPane(parent);
        online = new Button(pane.buttons(), SWT.CHECK);
        online.setText(Messages.action_online);
        // A background from the workbench's style sheets would cover the tick.
        online.setData(MomentBanner.KEEP_COLOURS, Boolean.TRUE);
        online.addListener(SWT.Selection, event -> agent.setOnline(online.getSelection()));
        synchronise = new Button(pane.buttons(), SWT.PUSH);
        synchronise.setText(Messages.action_synchronise);
        ViewFont.apply(online, ViewFont.TABLES);
        ViewFont.apply(synchronise, ViewFont.TABLES);
        synchronise.addListener(SWT.Selection, event -> agent.synchronise());
        var menu = new MenuManager();
        menu.setRemoveAllWhenShown(true);
        menu.addMenuListener(manager -> fill(menu));
        pane.tree().getTree().setMenu(menu.createContextMenu(pane.tree().getTree()));
        pane.tree().getTree().addListener(SWT.FocusIn, event -> takeKeys());
        pane.tree().addSelectionChangedListener(event -> enable());
    }

    Control control() {
        return pane;
    }

    void setFocus() {
        pane.setFocus();
    }

    void dispose() {
        pane.dispose();
    }

    /** Shows the device at some moment, beside the account as it was then on the server; null when there was none. */
    void show(Timeline.Snapshot then, Account account, boolean isLive) {
        live = isLive;
        var lines = new ArrayList<String>();
        lines.add(agent.device().protocol().toUpperCase() + ", " + agent.device().mode());
        if (!then.pending().isEmpty()) {
            lines.add(Counted.text(Messages.device_pending, then.pending().size()));
        }
        if (isLive) {
            if (!agent.device().conflicts().isEmpty()) {
                var last = agent.device().conflicts().getLast();
                lines.add(Counted.text(Messages.device_conflict, last.action().words(), last.why()));
            }
            if (!agent.problem().isEmpty()) {
                lines.add(agent.problem());
            }
        }
        if (shown == null || shown.copy() != then.copy() || shownBeside != account) {
            rows = Row.of(agent.device(), then, account);
        }
        shown = then;
        shownBeside = account;
        pane.show(agent.device().name() + (then.online() ? "" : " " + Messages.device_offline),
                String.join("\n", lines), rows);
        online.setSelection(then.online());
        online.setEnabled(isLive);
        synchronise.setEnabled(isLive && then.online() && !agent.isBusy());
        synchronise.setText(agent.isBusy() ? Messages.action_synchronising : Messages.action_synchronise);
        enable();
    }

    private void enable() {
        delete.setEnabled(live && !messages().isEmpty());
        rename.setEnabled(live && folder() != null && !folder().folder.equals(Folder.INBOX));
    }

    private void takeKeys() {
        var bars = site.getActionBars();
        bars.setGlobalActionHandler(ActionFactory.DELETE.getId(), delete);
        bars.setGlobalActionHandler(ActionFactory.RENAME.getId(), rename);
        bars.updateActionBars();
    }

    private void fill(MenuManager menu) {
        enable();
        menu.add(action(Messages.action_synchronise, agent::synchronise, live && agent.device().isOnline()));
        menu.add(new Separator());
        menu.add(flag(Messages.action_read, SEEN, true));
        menu.add(flag(Messages.action_unread, SEEN, false));
        menu.add(flag(Messages.action_flag, FLAGGED, true));
        menu.add(flag(Messages.action_unflag, FLAGGED, false));
        var move = new MenuManager(Messages.action_move);
        for (var name : agent.device().copy().folders().keySet()) {
            var elsewhere = messages().stream().anyMatch(row -> !row.folder.equals(name));
            move.add(action(name.replace("&", "&&"), () -> each(row -> new Move(row.folder, row.id, name)),
                    live && elsewhere));
        }
        menu.add(move);
        delete.setText(Messages.action_delete);
        menu.add(delete);
        menu.add(new Separator());
        menu.add(action(Messages.action_createFolder, this::create, live));
        menu.add(rename);
        menu.add(new Separator());
        menu.add(action(Messages.action_remove, () -> devices.remove(other -> other == agent),
                live && !devices.areGuests()));
    }

    private IAction flag(String text, String flag, boolean set) {
        return action(text, () -> each(row -> new SetFlag(row.folder, row.id, flag, set)),
                live && !messages().isEmpty());
    }

    private void create() {
        var dialog = new InputDialog(pane.getShell(), Messages.folder_title, Messages.folder_name, "", this::problem);
        if (dialog.open() == InputDialog.OK) {
            agent.perform(new CreateFolder(dialog.getValue().strip()));
        }
    }

    private void rename() {
        var row = folder();
        if (row == null) {
            return;
        }
        var dialog = new InputDialog(pane.getShell(), Messages.folder_title, Messages.folder_name, row.folder,
                this::problem);
        if (dialog.open() == InputDialog.OK) {
            agent.perform(new RenameFolder(row.folder, dialog.getValue().strip()));
        }
    }

    private String problem(String name) {
        return name.isBlank() ? Messages.folder_blank
                : agent.device().copy().folder(name.strip()).isPresent() ? Messages.folder_taken : null;
    }

    private List<Row> messages() {
        return pane.chosen().stream().filter(row -> row.kind == Row.Kind.MESSAGE).toList();
    }

    private Row folder() {
        var chosen = pane.chosen();
        return chosen.size() == 1 && chosen.getFirst().kind == Row.Kind.FOLDER ? chosen.getFirst() : null;
    }

    private void each(Function<Row, dev.mailscope.lab.device.Action> what) {
        messages().forEach(row -> agent.perform(what.apply(row)));
    }

    private static IAction action(String text, Runnable work) {
        return new Action(text) {
            @Override
            public void run() {
                work.run();
            }
        };
    }

    private static IAction action(String text, Runnable work, boolean enabled) {
        var action = action(text, work);
        action.setEnabled(enabled);
        return action;
    }
}
