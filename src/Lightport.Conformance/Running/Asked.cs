using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;

namespace Lightport.Conformance.Running;

/// <summary>One request of a client.</summary>
/// <param name="Model">The model's name at the gateway.</param>
/// <param name="IsStream">Whether a stream is asked for.</param>
/// <param name="Case">The case that it is of.</param>
/// <param name="History">All turns so far.</param>
internal sealed record Asked(string Model, bool IsStream, Case Case, JsonArray History);

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="RetryAfter">The header of that name.</param>
/// <param name="Dropped">What the gateway says the request lost.</param>
/// <param name="AnswerDropped">What the gateway says the answer lost.</param>
/// <param name="Body">The body, as far as it came.</param>
/// <param name="IsBroken">Whether the connection broke before the body's end.</param>
internal sealed record WireAnswer(
    int Status,
    string? RetryAfter,
    IReadOnlyList<string> Dropped,
    IReadOnlyList<string> AnswerDropped,
    byte[] Body,
    bool IsBroken);
