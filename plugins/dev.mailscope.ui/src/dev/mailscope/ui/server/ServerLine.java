package dev.mailscope.ui.server;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.server.Endpoint;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.Source;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.WorkbenchServer;
import dev.mailscope.ui.WorkbenchServer.Situation;

/**
 * The top line of the view: what the server does, where it listens, and what is wrong with that; while a fork or a
 * recording is shown, where that one's clients connect to.
 */
final class ServerLine extends Composite {
    private final WorkbenchServer server;
    private final Focus focus;
    private final Label state;
    private final Label problem;
    private final Composite actions;
    private final Button freePorts;

    ServerLine(Composite parent, WorkbenchServer server, Focus focus) {
        super(parent, SWT.NONE);
        this.server = server;
        this.focus = focus;
        GridLayoutFactory.fillDefaults().margins(6, 4).spacing(0, 3).applyTo(this);
        state = new Label(this, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(200, SWT.DEFAULT).applyTo(state);
        ViewFont.apply(state, ViewFont.TABLES,
                font -> state.setFont(JFaceResources.getFontRegistry().getBold(ViewFont.TABLES)));
        problem = new Label(this, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(200, SWT.DEFAULT).applyTo(problem);
        ViewFont.apply(problem, ViewFont.TABLES);
        actions = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(actions);
        GridDataFactory.fillDefaults().applyTo(actions);
        freePorts = button(Messages.line_freePorts, server::startOnFreePorts);
        button(Messages.line_again, server::start);
        show();
    }

    /** Shows the situation, as it is now, of the server whose mail is shown. */
    void show() {
        var now = server.situation();
        var own = focus.source().isServer();
        state.setText(own ? server.guest().map(guest -> NLS.bind(Messages.line_guest, guest.name(), text(now)))
                .orElseGet(() -> text(now)) : text(focus.source()));
        problem.setText(own ? problem(now) : "");
        problem.setToolTipText(now.problem());
        freePorts.setEnabled(now.portTaken());
        visible(problem, !problem.getText().isEmpty());
        visible(actions, own && now.state() == WorkbenchServer.State.FAILED);
        getParent().layout(true, true);
    }

    /** An address and port as a client needs them. */
    static String address(Endpoint endpoint) {
        return endpoint.address().getAddress().getHostAddress() + ":" + endpoint.address().getPort();
    }

    private static String text(Situation now) {
        return switch (now.state()) {
            case NOT_YET, STOPPED -> Messages.line_stopped;
            case STARTING -> Messages.line_starting;
            case STOPPING -> Messages.line_stopping;
            case FAILED -> Messages.line_failed;
            case RUNNING -> running(now.endpoints());
        };
    }

    private static String text(Source other) {
        var endpoints = other.endpoints();
        return NLS.bind(Messages.line_guest, other.name(),
                endpoints.isEmpty() ? Messages.line_recording : running(endpoints));
    }

    private static String running(List<Endpoint> endpoints) {
        return NLS.bind(Messages.line_running, endpoints.getFirst().address().getAddress().getHostAddress(),
                endpoints.stream().map(e -> e.protocol().toUpperCase(Locale.ROOT) + "\u00A0" + e.address().getPort())
                        .collect(Collectors.joining(" · ")));
    }

    private static String problem(Situation now) {
        var exposed = now.endpoints().stream().anyMatch(e -> !e.address().getAddress().isLoopbackAddress());
        return exposed ? Messages.line_exposed : now.problem();
    }

    private Button button(String text, Runnable action) {
        var button = new Button(actions, SWT.PUSH);
        button.setText(text);
        button.addListener(SWT.Selection, event -> action.run());
        return button;
    }

    private static void visible(Control control, boolean on) {
        control.setVisible(on);
        ((GridData) control.getLayoutData()).exclude = !on;
    }
}
