package dev.mailscope.ui.server;

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
import dev.mailscope.ui.ViewFont;
import dev.mailscope.ui.WorkbenchServer;

/** What stands where the sessions would: how to open one, with a command to try. */
final class EmptySessions extends Composite {
    private final WorkbenchServer server;
    private final Label text;
    private final Text command;
    private final Button copy;

    EmptySessions(Composite parent, WorkbenchServer server) {
        super(parent, SWT.NONE);
        this.server = server;
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
        var endpoint = server.endpoint("imap");
        // Whose accounts are not told has others who know how to log in.
        var isClass = server.guest().isPresent() && server.accounts().isEmpty();
        var account = server.accounts().isEmpty() ? ServerConfig.SAMPLE_ACCOUNT : server.accounts().getFirst();
        text.setText(isClass ? Messages.hint_class : endpoint.isPresent() ? Messages.hint_running
                : Messages.hint_stopped);
        command.setText(endpoint.map(e -> NLS.bind("curl -u {0}:{1} imap://{2}/INBOX -X \"FETCH 1:* (FLAGS)\"",
                new Object[] { account.user(), account.password(), ServerLine.address(e) })).orElse(""));
        command.setVisible(endpoint.isPresent() && !isClass);
        copy.setVisible(command.getVisible());
        layout(true, true);
    }
}
