using Lightport.Conversation;

namespace Lightport.Mcp.Identity;

/// <summary>What a client wants a server of its own choosing to be told.</summary>
internal static class ClientHeaders
{
    private const int Most = 16;

    /// <summary>In characters, of one header's value.</summary>
    private const int LongestValue = 8 * 1024;

    private const string NameLetters = "!#$%&'*+-.^_`|~";

    /// <summary>What makes the connection and the protocol, which are the gateway's.</summary>
    private static readonly string[] OwnNames =
        ["host", "accept", "connection", "transfer-encoding", "te", "upgrade", "expect", "cookie", "last-event-id"];

    private static readonly string[] OwnPrefixes = ["content-", "proxy-", "mcp-", "x-forwarded-", "x-lightport-"];

    /// <exception cref="GatewayException">A 400 that names the field, and no value.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Checked(McpToolset toolset)
    {
        if (toolset.Headers.Count > Most)
        {
            throw Refused(toolset, $"has more than {Most} headers");
        }

        foreach ((string name, string value) in toolset.Headers)
        {
            if (!IsName(name) || IsOwn(name))
            {
                throw Refused(toolset, $"has a header '{ShortText.Of(name)}', which cannot be sent on");
            }

            if (value.Length > LongestValue || !value.All(letter => letter is >= ' ' and <= '~'))
            {
                throw Refused(toolset, $"has a value of '{name}' that no header can have");
            }
        }

        return toolset.Headers;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 256
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || NameLetters.Contains(letter));

    private static bool IsOwn(string name) =>
        OwnNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(OwnPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static GatewayException Refused(McpToolset toolset, string how) => new(GatewayError.BadRequest(
        $"The MCP server '{ShortText.Of(toolset.Server)}' {how}.", toolset.Field + ".headers"));
}
