using System.Text;
using Lightport.Conversation;
using ModelContextProtocol.Protocol;

namespace Lightport.Mcp;

/// <inheritdoc cref="IMcpResources"/>
internal sealed class McpResources(ServerQuestions questions) : IMcpResources
{
    public ValueTask<string> ReadAsync(
        McpServer server, string uri, McpCaller caller, CancellationToken cancellationToken) => questions.AskAsync(
        server,
        caller,
        $"the resource {uri}",
        async (connection, cancellation) =>
        {
            ReadResourceResult read = await connection.ReadAsync(uri, cancellation).ConfigureAwait(false);
            return Joined((read.Contents ?? []).OfType<TextResourceContents>().Select(content => content.Text));
        },
        cancellationToken);

    public ValueTask<string> PromptAsync(
        McpServer server,
        string name,
        IReadOnlyDictionary<string, string> arguments,
        McpCaller caller,
        CancellationToken cancellationToken) => questions.AskAsync(
        server,
        caller,
        $"the prompt '{name}'",
        async (connection, cancellation) =>
        {
            GetPromptResult got = await connection.PromptAsync(name, arguments, cancellation).ConfigureAwait(false);
            return Joined(
                (got.Messages ?? []).Select(message => (message?.Content as TextContentBlock)?.Text).OfType<string>());
        },
        cancellationToken);

    private static string Joined(IEnumerable<string> texts)
    {
        var all = new StringBuilder();
        foreach (string text in texts)
        {
            all.Append(all.Length > 0 ? "\n\n" : "").Append(text);
            if (all.Length > McpBounds.LongestText)
            {
                return ShortText.Of(all.ToString(), McpBounds.LongestText);
            }
        }

        return all.ToString();
    }
}
