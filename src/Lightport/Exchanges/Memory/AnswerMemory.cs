using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Storage;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>
/// Keeps answers for the clients that they were told to, and lets requests go on from them. Each belongs to one client
/// key: for every other it does not exist.
/// </summary>
/// <param name="store">Null where nothing is kept: then there is nothing to go on from either.</param>
/// <param name="atProviders">What providers keep.</param>
/// <param name="lifetime">How long an answer is kept.</param>
internal sealed class AnswerMemory(
    IResponseStore? store, ProviderIds atProviders, TimeProvider clock, TimeSpan lifetime)
{
    /// <summary>A longer conversation is not kept, in bytes.</summary>
    private const int LongestInput = 8 * 1024 * 1024;

    /// <summary>How many kept answers are read for the items that one request names.</summary>
    private const int MostAnswers = 16;

    /// <summary>As long as OpenAI keeps answers (https://platform.openai.com/docs/guides/your-data).</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(30);

    /// <summary>What providers keep for the clients of the gateway.</summary>
    public ProviderIds AtProviders => atProviders;

    /// <summary>Whether the answer of this request can be kept.</summary>
    public bool CanKeep(Exchange exchange) => HasPlace(exchange) && !IsTooLong(exchange);

    /// <summary>Whether it could be, if its conversation were shorter.</summary>
    public bool IsTooLongToKeep(Exchange exchange) => HasPlace(exchange) && IsTooLong(exchange);

    /// <summary>Puts the turns of the answer that a request goes on from before its own.</summary>
    /// <exception cref="GatewayException">This client has no such answer.</exception>
    public async ValueTask ContinueAsync(Exchange exchange)
    {
        if (exchange.Served is not IServedMemory served || served.Previous(exchange.Request) is not { } id)
        {
            return;
        }

        StoredResponse found = await FindAsync(exchange, id).ConfigureAwait(false)
            ?? throw new GatewayException(served.NotFound(id));
        var body = new PooledBuffer(
            exchange.Request.Body.Length + found.Input.Length + found.Response.Length, exchange.Budget);
        try
        {
            served.Continue(exchange.Request, new KeptAnswer(id, found.Input, found.Response), body);
            exchange.Request.TakeContinued(id, body);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Says in full each item of a kept answer that a request only names. The last answer has most of them, as those
    /// before it stand in what was asked for it; what is not kept here is left to whoever answers.
    /// </summary>
    /// <exception cref="GatewayException">This client has no such item.</exception>
    public async ValueTask SayItemsAsync(Exchange exchange)
    {
        if (store is null || exchange.Served is not IServedItems served)
        {
            return;
        }

        string? before = null;
        for (int read = 0; served.LastNamed(exchange.Request) is { } item; read++)
        {
            StoredResponse? found = item.AnswerId == before || read == MostAnswers
                ? null
                : await FindAsync(exchange, item.AnswerId).ConfigureAwait(false);
            if (found is null)
            {
                if (item.MayBeMissing)
                {
                    return;
                }

                throw new GatewayException(item.NotFound);
            }

            before = item.AnswerId;
            Say(exchange, served, new KeptAnswer(item.AnswerId, found.Input, found.Response));
        }
    }

    /// <summary>Keeps an answer; before it has been, its client is not told that it is complete.</summary>
    /// <exception cref="GatewayException">The store failed.</exception>
    public async ValueTask KeepAsync(Exchange exchange, KeptAnswer answer)
    {
        var kept = new StoredResponse(
            Owner(exchange)!, answer.Id, answer.Input, answer.Answer, clock.GetUtcNow() + lifetime);
        try
        {
            await store!.WriteAsync(kept, exchange.Aborted).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            throw Failed(e);
        }
    }

    /// <summary>Null where this client has no such answer.</summary>
    /// <exception cref="GatewayException">The store failed.</exception>
    public async ValueTask<StoredResponse?> FindAsync(Exchange exchange, string id)
    {
        try
        {
            return store is null || Owner(exchange) is not { } owner
                ? null
                : await store.FindAsync(owner, id, exchange.Aborted).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            throw Failed(e);
        }
    }

    /// <summary>False where this client has no such answer.</summary>
    /// <exception cref="GatewayException">The store failed.</exception>
    public async ValueTask<bool> RemoveAsync(Exchange exchange, string id)
    {
        try
        {
            return store is not null && Owner(exchange) is { } owner
                && await store.RemoveAsync(owner, id, exchange.Aborted).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            throw Failed(e);
        }
    }

    private static void Say(Exchange exchange, IServedItems served, KeptAnswer answer)
    {
        var body = new PooledBuffer(
            exchange.Request.Body.Length + answer.Input.Length + answer.Answer.Length, exchange.Budget);
        try
        {
            served.Say(exchange.Request, answer, body);
            exchange.Request.TakeSaid(body);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whose answers these are: a client key's. One that a client brings of its own is none that was given out.
    /// </summary>
    public static string? Owner(Exchange exchange) =>
        exchange.Caller is { PresentedKey: null } caller ? caller.KeyId ?? caller.Name : null;

    private bool HasPlace(Exchange exchange) => store is not null && Owner(exchange) is not null;

    private static bool IsTooLong(Exchange exchange) => exchange.Request.Body.Length > LongestInput;

    /// <summary>What is told where a store is away.</summary>
    public static GatewayException Failed(StoreException e) => new(
        new GatewayError(
            ErrorStage.Request,
            ErrorKind.Internal,
            StatusCodes.Status503ServiceUnavailable,
            "Answers cannot be kept or found just now. Send `store: false` and the whole conversation, or try again.")
        {
            Code = "response_store_unavailable",
        },
        e);
}
