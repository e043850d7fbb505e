using Lightport.Conversation;
using Lightport.Mcp.Connections;
using Lightport.Mcp.Identity;

namespace Lightport.Mcp;

/// <summary>An MCP server that the gateway may call, by its label.</summary>
/// <param name="Label">Its name in the configuration, and in what clients are told.</param>
internal sealed record McpServer(string Label)
{
    /// <summary>The gateway itself, as clients are told of tools that it answers; no other may have its label.
    /// </summary>
    public static McpServer Own { get; } = new("lightport");

    /// <summary>Where it is reached by streamable HTTP; null where it is a program of this machine.</summary>
    public Uri? Address { get; init; }

    /// <summary>What is started and spoken to by its standard streams; null where there is an address.</summary>
    public McpProgram? Program { get; init; }

    /// <summary>Whoever runs the gateway has written down an address that is not public, and means it.</summary>
    public bool AllowsPrivate { get; init; }

    /// <summary>How the gateway shows who it is; null where it need not.</summary>
    public McpIdentity? Identity { get; init; }

    /// <summary>Sent with every call; of a server that a client names, what it wants it to be told.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>It stands in the configuration; else a client has named it, and is admitted by its host.</summary>
    public bool IsConfigured { get; init; }

    /// <summary>Its tools that may be used, by names with <c>*</c>; null for all.</summary>
    public IReadOnlyList<string>? AllowedTools { get; init; }

    /// <summary>Those of them that a client asks for, by their names; null for all.</summary>
    public IReadOnlyList<string>? AskedTools { get; init; }

    /// <summary>Only tools that say they change nothing are used.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Which calls must be approved first, whatever a client says.</summary>
    public McpApproval Approval { get; init; } = McpApproval.Never;

    /// <summary>The longest that one call may take.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a request waits for it to be connected, or to list its tools.</summary>
    public TimeSpan Patience => CallTimeout < McpBounds.Patience ? CallTimeout : McpBounds.Patience;

    /// <summary>The longest that it may take to be connected, whoever waits: a program starts on meanwhile.</summary>
    public TimeSpan ConnectTime => Program is null ? Patience
        : CallTimeout > McpBounds.StartTime ? CallTimeout : McpBounds.StartTime;

    /// <summary>How long its list of tools serves where it does not say so itself.</summary>
    public TimeSpan CacheTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The word under which its tools are approved as they were first seen: another word approves them as they are now.
    /// Null where a change is taken as it comes.
    /// </summary>
    public string? Pin { get; init; } = DefaultPin;

    /// <summary>What a run of its tools costs in US dollars, by names with <c>*</c>; the first that fits counts.
    /// </summary>
    public IReadOnlyList<(string Tool, decimal Dollars)> Prices { get; init; } = [];

    /// <summary>Nothing where nobody says.</summary>
    public decimal PriceOf(string tool)
    {
        foreach ((string pattern, decimal dollars) in Prices)
        {
            if (NamePattern.Fits(pattern, tool))
            {
                return dollars;
            }
        }

        return 0;
    }

    /// <summary>Where nobody has written another.</summary>
    public const string DefaultPin = "first";

    /// <summary>Whether a tool of that name may be used by whoever asks like this.</summary>
    public bool Allows(McpTool tool) =>
        (AllowedTools is null || AllowedTools.Any(pattern => NamePattern.Fits(pattern, tool.Name)))
        && AskedTools?.Contains(tool.Name) != false
        && (!ReadOnly || tool.IsReadOnly);

    /// <summary>What of it clients get that come by the gateway's own MCP server.</summary>
    public McpFederation Federation { get; init; } = McpFederation.OfTools;

    /// <summary>A record would print the headers.</summary>
    public override string ToString() => Label;
}
