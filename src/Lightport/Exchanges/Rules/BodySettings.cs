using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Providers;
using Lightport.Transport.Body;

namespace Lightport.Exchanges.Rules;

/// <summary>Sets fields of a client's body, as if the client had sent them so.</summary>
internal static class BodySettings
{
    /// <exception cref="GatewayException">The body has no place for a field, or now has it twice.</exception>
    /// <exception cref="BodyBudgetException">There is no memory for it just now.</exception>
    public static void Apply(Exchange exchange, IReadOnlyList<KeyValuePair<ParameterPath, byte[]>> set)
    {
        if (!exchange.Request.IsJson)
        {
            throw RuleErrors.NotSettable(set[0].Key.Text);
        }

        var patch = new BodyPatch(exchange.Request.Json);
        foreach ((ParameterPath field, byte[] value) in set)
        {
            if (!patch.TrySet(field, value))
            {
                throw RuleErrors.NotSettable(field.Text);
            }
        }

        exchange.Rewrite(Whole(patch.Apply(), exchange.Budget));
    }

    private static PooledBuffer Whole(BodySegments segments, BodyBudget budget)
    {
        int length = checked((int)segments.Length);
        var body = new PooledBuffer(length, budget, length);
        foreach (ReadOnlyMemory<byte> segment in segments.Segments)
        {
            body.Write(segment.Span);
        }

        return body;
    }
}
