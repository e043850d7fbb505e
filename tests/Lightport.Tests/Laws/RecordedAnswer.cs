using System.Text;
using Lightport.Dialects;

namespace Lightport.Tests.Laws;

/// <summary>What a provider once answered, and the request that it answered to.</summary>
/// <param name="Id">Its name in the recordings, or the fixture's.</param>
/// <param name="Dialect">The provider's dialect.</param>
/// <param name="Host">Who answered.</param>
/// <param name="Request">Empty where it was not recorded.</param>
public sealed record RecordedAnswer(
    string Id, string Dialect, string Host, int Status, bool IsStream, string Request, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public bool IsBinary => IsStream && Dialect is (DialectIds.AwsConverse or DialectIds.AnthropicBedrock);

    public string MediaType => !IsStream ? "application/json"
        : IsBinary ? "application/vnd.amazon.eventstream" : "text/event-stream";

    /// <summary>A stream of Gemini's that was asked for without <c>alt=sse</c>.</summary>
    public bool IsArray => Dialect == DialectIds.GoogleGemini && !IsStream && Body is [(byte)'[', ..];

    public override string ToString() => Id;
}
