using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Lightport.Cli.Gateway;

/// <summary>A whole answer of the gateway.</summary>
/// <param name="Status">Its status.</param>
/// <param name="MediaType">What it says it is; null where it does not.</param>
/// <param name="ETag">Its mark, quotes and all; null where it has none.</param>
/// <param name="Location">Where it points to; null for nowhere.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record GatewayReply(
    HttpStatusCode Status,
    string? MediaType,
    string? ETag,
    Uri? Location,
    ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <exception cref="CommandFailure">It is not what the contract says.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body.Span, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new CommandFailure(ExitCodes.Unavailable, "The gateway's answer is not what this version of the tool "
                + "understands; check --url, and that gateway and tool are of the same version.", e)
            {
                Code = "unexpected_answer",
            };
        }
    }
}
