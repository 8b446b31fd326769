package dev.mailscope.ui.lab;

import java.util.Map;

import org.eclipse.jface.action.IContributionItem;
import org.eclipse.ui.actions.CompoundContributionItem;
import org.eclipse.ui.menus.CommandContributionItem;
import org.eclipse.ui.menus.CommandContributionItemParameter;
import org.eclipse.ui.menus.IWorkbenchContribution;
import org.eclipse.ui.services.IServiceLocator;

/** An entry of <em>Mail &gt; Labs</em> for each lab that comes with Mailscope. */
public final class ShippedLabsMenu extends CompoundContributionItem implements IWorkbenchContribution {
    private IServiceLocator services;

    @Override
    public void initialize(IServiceLocator locator) {
        services = locator;
    }

    @Override
    protected IContributionItem[] getContributionItems() {
        return ShippedLabs.all().stream().map(lab -> {
            var item = new CommandContributionItemParameter(services, null, OpenLabHandler.COMMAND,
                    CommandContributionItem.STYLE_PUSH);
            item.label = lab.title().replace("&", "&&");
            item.parameters = Map.of(OpenLabHandler.NAME, lab.name());
            return (IContributionItem) new CommandContributionItem(item);
        }).toArray(IContributionItem[]::new);
    }
}
