using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Exchanges;
using Lightport.Mcp;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>The prompts that a caller has at the MCP door: those of servers behind it.</summary>
internal sealed class PromptShelf(ServerEntries entries, IMcpCatalog catalog, EntryRequests requests)
{
    public async ValueTask<ListPromptsResult> ListAsync(
        Exchange exchange, ListPromptsRequestParams? asked, CancellationToken cancellationToken)
    {
        OnePage.Check(asked?.Cursor);
        return new ListPromptsResult
        {
            Prompts = await entries.PromptsAsync(exchange, cancellationToken).ConfigureAwait(false),
            TimeToLive = OnePage.Lifetime,
            CacheScope = CacheScope.Private,
        };
    }

    /// <exception cref="McpProtocolException">The caller has no such prompt, or it cannot be had.</exception>
    public async ValueTask<GetPromptResult> GetAsync(
        Exchange exchange, GetPromptRequestParams? asked, CancellationToken cancellationToken)
    {
        if (entries.FindPrompt(exchange, asked?.Name) is not { } found)
        {
            throw NoPrompt();
        }

        GetPromptResult got = await requests
            .AskAsync(
                exchange,
                found.Server,
                RequestMethods.PromptsGet,
                asked!.Name,
                found.Name,
                caller => catalog.PromptAsync(
                    found.Server, found.Name, Arguments(asked.Arguments), caller, cancellationToken),
                cancellationToken)
            .ConfigureAwait(false);
        return new GetPromptResult
        {
            Description = got.Description,
            Messages =
            [
                .. got.Messages.Select(message => new PromptMessage
                {
                    Role = message.Role,
                    Content = ServerContents.Of(found.Server, message.Content),
                }),
            ],
        };
    }

    public static McpProtocolException NoPrompt() => new(
        "There is no prompt of this name; prompts/list has those that there are.", McpErrorCode.InvalidParams);

    private static JsonObject? Arguments(IDictionary<string, JsonElement>? given)
    {
        if (given is null)
        {
            return null;
        }

        var arguments = new JsonObject();
        foreach ((string name, JsonElement value) in given)
        {
            arguments[name] = JsonNode.Parse(value.GetRawText());
        }

        return arguments;
    }
}
