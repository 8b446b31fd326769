package dev.mailscope.ui.server;

import java.util.Optional;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.ServerConfig;
import dev.mailscope.ui.CopyAction;
import dev.mailscope.ui.Focus;
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.WorkbenchServer;

/** What stands where the sessions would: how to open one, with a command to try. */
final class EmptySessions extends Composite {
    private final WorkbenchServer server;
    private final Focus focus;
    private final Label text;
    private final Text command;
    private final Button copy;

    EmptySessions(Composite parent, WorkbenchServer server, Focus focus) {
        super(parent, SWT.NONE);
        this.server = server;
        this.focus = focus;
        GridLayoutFactory.fillDefaults().numColumns(2).margins(8, 8).applyTo(this);
        text = new Label(this, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(200, SWT.DEFAULT).applyTo(text);
        command = new Text(this, SWT.READ_ONLY | SWT.BORDER);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(200, SWT.DEFAULT)
                .applyTo(command);
        copy = new Button(this, SWT.PUSH);
        copy.setText(Messages.hint_copy);
        copy.addListener(SWT.Selection, event -> CopyAction.toClipboard(command.getText()));
        ViewFont.apply(text, ViewFont.TABLES);
        ViewFont.apply(command, ViewFont.OCTETS);
        show();
    }

    /** Shows what can be done now. */
    void show() {
        var source = focus.source();
        var account = source.accounts().stream().findFirst()
                .or(() -> source.isServer() ? Optional.of(ServerConfig.SAMPLE_ACCOUNT) : Optional.empty());
        var endpoint = source.endpoint("imap");
        var offered = !isClass() && account.isPresent() && endpoint.isPresent();
        text.setText(source.isServer() ? serverText() : offered ? Messages.hint_fork : Messages.hint_none);
        command.setText(offered ? NLS.bind("curl -u {0}:{1} imap://{2}/INBOX -X \"FETCH 1:* (FLAGS)\"", new Object[] {
            account.get().user(), account.get().password(), ServerLine.address(endpoint.get()) }) : "");
        command.setVisible(offered);
        copy.setVisible(offered);
        layout(true, true);
    }

    private String serverText() {
        return isClass() ? Messages.hint_class : server.endpoint("imap").isPresent() ? Messages.hint_running
                : Messages.hint_stopped;
    }

    /** Whose accounts are not told has others who know how to log in. */
    private boolean isClass() {
        return focus.source().isServer() && server.guest().isPresent() && server.accounts().isEmpty();
    }
}
