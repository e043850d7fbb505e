using Lightport.Admission;
using Lightport.Routing;
using Lightport.Routing.Rules;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Lightport.Exchanges.Shadows;

/// <summary>
/// Makes of a request one of its own: the same words, without the client's key, for one target and a client that is not
/// there. Nothing of the first is used by it afterwards.
/// </summary>
internal static class ShadowCopy
{
    /// <summary>Whose usage it is, in the place of a client key's name and id.</summary>
    public const string Key = "(shadow)";

    private static readonly Caller Nobody = new(Key, Key);

    /// <param name="end">The process is about to stop.</param>
    /// <exception cref="BodyBudgetException">There is no memory for it just now.</exception>
    public static Exchange Of(Exchange exchange, Target target, BodyBudget budget, CancellationToken end)
    {
        var copy = new Exchange(
            exchange.Endpoint, exchange.Asked, exchange.Family, Context(exchange), exchange.Clock, budget, end)
        {
            Facts = exchange.Facts,
            Route = new Route(exchange.Route!.Name, [target])
            {
                Timeouts = exchange.Route.Timeouts,
                DropUnsupported = exchange.Route.DropUnsupported,
            },
            Targets = [target],
        };
        copy.Admit(Nobody);
        ReadOnlyMemory<byte> body = exchange.Request.Body;
        var memory = new PooledBuffer(body.Length, copy.Budget);
        body.Span.CopyTo(memory.GetSpan(body.Length));
        memory.Advance(body.Length);
        copy.Request.Take(memory);
        return copy;
    }

    private static DefaultHttpContext Context(Exchange exchange)
    {
        HttpRequest said = exchange.Context.Request;
        var context = new DefaultHttpContext();
        HttpRequest request = context.Request;
        (request.Method, request.Path) = (said.Method, said.Path);
        request.QueryString = QueryString.Create(said.Query.Where(field => field.Key != "key"));
        foreach ((string name, StringValues value) in said.Headers)
        {
            if (!HeaderPrivacy.IsHidden(name.ToLowerInvariant()))
            {
                request.Headers[name] = value;
            }
        }

        context.Response.Body = Stream.Null;
        return context;
    }
}
