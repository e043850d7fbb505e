using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Anthropic.Hosted;

/// <summary>A cloud that serves Claude: Messages, with its own address, version and errors around them.</summary>
/// <param name="Dialect">How catalog files call its endpoint.</param>
/// <param name="Version">What the body says in <c>anthropic_version</c>, in place of the header.</param>
internal sealed record AnthropicHost(string Dialect, string Version)
{
    /// <summary>Reads an error that the cloud itself answers with.</summary>
    public delegate GatewayError ErrorReader(int status, Func<string, string?> header, ReadOnlySpan<byte> body);

    /// <summary>
    /// The betas that it knows, by Anthropic's names for them, and its own names: it refuses a request for any other.
    /// Null where all are sent.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Betas { get; init; }

    /// <summary>
    /// Its name for the beta without which it refuses tools that are deferred, and what a search has found of them
    /// (https://platform.claude.com/docs/en/agents-and-tools/tool-use/tool-search-tool); null where none is needed.
    /// </summary>
    public string? ToolSearchBeta { get; init; }

    /// <summary>Betas go in their header, as at Anthropic; where false, in <c>anthropic_beta</c> of the body.</summary>
    public bool HasBetaHeader { get; init; }

    /// <summary>The body says the model too, where no address does.</summary>
    public bool KeepsModel { get; init; }

    /// <summary>The body says <c>stream</c> too, beside an address of its own for streams.</summary>
    public bool KeepsStream { get; init; }

    /// <summary>How a stream's events are framed; null where as at Anthropic.</summary>
    public Framing? Framing { get; init; }

    /// <summary>Reads the cloud's own errors; null where they are read as Anthropic's.</summary>
    public ErrorReader? ReadError { get; init; }
}
