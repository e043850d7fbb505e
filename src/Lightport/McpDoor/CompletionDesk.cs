using Lightport.Exchanges;
using Lightport.Mcp;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>Has the server of a prompt, or of a template of resources, complete what a user types for it.</summary>
internal sealed class CompletionDesk(ServerEntries entries, IMcpCatalog catalog, EntryRequests requests)
{
    /// <exception cref="McpProtocolException">The caller has no such thing, or its server does not complete it.
    /// </exception>
    public async ValueTask<CompleteResult> CompleteAsync(
        Exchange exchange, CompleteRequestParams? asked, CancellationToken cancellationToken)
    {
        (McpServer server, string named, string own, Reference reference) = asked?.Ref switch
        {
            PromptReference prompt => entries.FindPrompt(exchange, prompt.Name) is { } found
                ? (found.Server, prompt.Name, found.Name, (Reference)new PromptReference { Name = found.Name })
                : throw PromptShelf.NoPrompt(),
            ResourceTemplateReference template => entries.FindResource(exchange, template.Uri) is { } found
                ? (found.Server, template.Uri!, found.Uri, new ResourceTemplateReference { Uri = found.Uri })
                : throw EntryRequests.NoResource(exchange, template.Uri),
            _ => throw new McpProtocolException(
                "'ref' names neither a prompt nor a template of resources.", McpErrorCode.InvalidParams),
        };
        var toldOn = new CompleteRequestParams { Ref = reference, Argument = asked.Argument, Context = asked.Context };
        CompleteResult said = await requests
            .AskAsync(
                exchange,
                server,
                RequestMethods.CompletionComplete,
                named,
                own,
                caller => catalog.CompleteAsync(server, toldOn, caller, cancellationToken),
                cancellationToken)
            .ConfigureAwait(false);
        return new CompleteResult { Completion = said.Completion };
    }
}
