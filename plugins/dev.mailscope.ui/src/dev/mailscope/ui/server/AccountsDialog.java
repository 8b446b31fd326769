package dev.mailscope.ui.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.TitledDialog;
import dev.mailscope.ui.WorkbenchServer;

/** Shows what opens each account and changes it. A password or a token is on the screen only when the user asks. */
final class AccountsDialog extends TitledDialog {
    private static final int WIDTH = 440;
    private static final int TOKEN_LINES = 4;

    private final WorkbenchServer server;
    private final Map<String, AccountConfig> drafts = new LinkedHashMap<>();
    private Combo account;
    private Text password;
    private Button show;
    private Button keep;
    private Text tokens;
    private String shown;

    AccountsDialog(Shell parent, WorkbenchServer server) {
        super(parent, Messages.accounts_title, 2);
        this.server = server;
        server.config().accounts().forEach(each -> drafts.put(each.user(), each));
    }

    @Override
    protected void createFields(Composite area) {
        setMessage(Messages.accounts_message);
        new Label(area, SWT.NONE).setText(Messages.accounts_account);
        account = new Combo(area, SWT.READ_ONLY | SWT.DROP_DOWN);
        account.setItems(drafts.keySet().toArray(String[]::new));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(account);
        new Label(area, SWT.NONE).setText(Messages.accounts_password);
        password = new Text(area, SWT.READ_ONLY | SWT.BORDER);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(password);
        keep = wide(new Button(area, SWT.CHECK), false);
        keep.setText(Messages.accounts_keep);
        sentence(area, Messages.accounts_cost);
        wide(new Label(area, SWT.NONE), false).setText(Messages.accounts_tokens);
        tokens = wide(new Text(area, SWT.MULTI | SWT.BORDER | SWT.V_SCROLL), true);
        GridDataFactory.createFrom((GridData) tokens.getLayoutData())
                .hint(WIDTH, tokens.getLineHeight() * TOKEN_LINES).applyTo(tokens);
        sentence(area, Messages.accounts_tokensKept);
        show = wide(new Button(area, SWT.CHECK), false);
        show.setText(Messages.accounts_show);
        account.addListener(SWT.Selection, event -> another());
        show.addListener(SWT.Selection, event -> {
            if (take()) {
                fill();
            } else {
                show.setSelection(!show.getSelection());
            }
        });
        account.select(0);
        shown = account.getText();
        fill();
    }

    @Override
    protected void okPressed() {
        if (take()) {
            var before = server.config().accounts();
            drafts.values().stream().filter(draft -> !before.contains(draft)).forEach(server::changeAccount);
            super.okPressed();
        }
    }

    private void another() {
        if (take()) {
            shown = account.getText();
            fill();
        } else {
            account.setText(shown);
        }
    }

    /** Notes what the fields say of the account; false, and a sentence, when a token cannot be one. */
    private boolean take() {
        try {
            var draft = drafts.get(shown).withSecretKept(keep.getSelection());
            if (tokens.getEditable()) {
                draft = draft.withTokens(
                        tokens.getText().lines().map(String::strip).filter(line -> !line.isEmpty())
                                .collect(Collectors.toSet()));
            }
            drafts.put(shown, draft);
            setErrorMessage(null);
            return true;
        } catch (IllegalArgumentException e) {
            setErrorMessage(e.getMessage());
            return false;
        }
    }

    private void fill() {
        var draft = drafts.get(shown);
        var open = show.getSelection();
        // Bullets that do not even tell how long it is.
        password.setText(open ? draft.password() : "\u2022".repeat(8));
        keep.setSelection(draft.keepsSecret());
        var hidden = !open && !draft.tokens().isEmpty();
        tokens.setText(hidden ? Counted.text(Messages.accounts_hidden, draft.tokens().size())
                : String.join("\n", new TreeSet<>(draft.tokens())));
        tokens.setEditable(!hidden);
    }

    private static void sentence(Composite parent, String text) {
        var label = new Label(parent, SWT.WRAP);
        label.setText(text);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(WIDTH, SWT.DEFAULT).applyTo(label);
    }

    private static <T extends Control> T wide(T control, boolean high) {
        GridDataFactory.fillDefaults().grab(true, high).span(2, 1).applyTo(control);
        return control;
    }
}
