package dev.mailscope.ui.export;

import java.util.Map;

import org.eclipse.jface.action.IContributionItem;
import org.eclipse.ui.actions.CompoundContributionItem;
import org.eclipse.ui.menus.CommandContributionItem;
import org.eclipse.ui.menus.CommandContributionItemParameter;
import org.eclipse.ui.menus.IWorkbenchContribution;
import org.eclipse.ui.services.IServiceLocator;

/** An entry of <em>Copy As</em> for each format that is text. */
public final class CopyAsMenu extends CompoundContributionItem implements IWorkbenchContribution {
    private IServiceLocator services;

    @Override
    public void initialize(IServiceLocator locator) {
        services = locator;
    }

    @Override
    protected IContributionItem[] getContributionItems() {
        return new CopyFormats().getParameterValues().entrySet().stream().map(format -> {
            var item = new CommandContributionItemParameter(services, null, CopyAsHandler.COMMAND,
                    CommandContributionItem.STYLE_PUSH);
            item.label = format.getKey();
            item.parameters = Map.of(CopyAsHandler.FORMAT, format.getValue());
            return (IContributionItem) new CommandContributionItem(item);
        }).toArray(IContributionItem[]::new);
    }
}
