using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Routing;
using Lightport.Storage;
using Lightport.Transport.Body;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges;

/// <summary>
/// Knows which client an answer was told to that its provider's account keeps. Client keys share an account, and the
/// provider tells what it keeps to whoever names it: an id that was told to one key does not exist for any other.
/// </summary>
/// <param name="store">Null where nobody knows: then each client key is refused what it names, unless it is the only
/// one.</param>
internal sealed class ProviderIds(IResponseIdStore? store, TimeProvider clock, ILogger<Gateway> logger)
{
    /// <summary>How many ids are looked up at once.</summary>
    private const int AtOnce = 16;

    /// <summary>There is a place to note them in.</summary>
    public bool HasStore => store is not null;

    /// <summary>
    /// Holds a request to what was told to its client, and to the account that keeps it. In bring-your-own mode the
    /// account is the client's, and the provider holds it to that.
    /// </summary>
    /// <exception cref="GatewayException">It names what was not told to this client, or the store failed.</exception>
    public async ValueTask CheckAsync(Exchange exchange)
    {
        if (AnswerMemory.Owner(exchange) is not { } owner)
        {
            return;
        }

        await LeaveOutComparedAsync(exchange, owner).ConfigureAwait(false);
        if (Named(exchange) is not { Count: > 0 } references)
        {
            return;
        }

        var found = new ResponseIdRecord?[references.Count];
        await Parallel.ForAsync(
            0,
            references.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = exchange.Aborted },
            async (i, stop) => found[i] = await FindAsync(owner, references[i].Id, stop).ConfigureAwait(false))
            .ConfigureAwait(false);
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] is { } record)
            {
                Bind(exchange, record);
            }
            else if (!exchange.IsOnlyClient)
            {
                exchange.Unowned ??= references[i].MayBeShared
                    ? references[i].NotFound
                    : throw new GatewayException(references[i].NotFound);
            }
        }
    }

    /// <summary>
    /// Leaves a route only the targets of the account that keeps what the request names, and that share their files
    /// where it names one that was not told to its client.
    /// </summary>
    /// <exception cref="GatewayException">There are none.</exception>
    public static Route Narrow(Exchange exchange, Route route)
    {
        if (exchange.Keeper is { } keeper)
        {
            string provider = ConfiguredProvider.NameIn(keeper);
            bool isThere = route.Targets.Any(target => target.Provider.Name == provider);
            route = Narrow(route, target => target.Provider.IsMaker(keeper))
                ?? throw KeptElsewhere(exchange) ?? Elsewhere(isThere
                    ? $"An account of '{provider}' keeps what this goes on from, and '{route.Name}' does not lead there"
                    : $"'{provider}' keeps what this goes on from, and '{route.Name}' does not lead there");
        }

        return exchange.Unowned is not { } unowned
            ? route
            : Narrow(route, target => target.Provider.SharedFiles) ?? throw new GatewayException(unowned);
    }

    /// <summary>
    /// The way to the account that keeps what the path names; null where this client was told of no such thing, or the
    /// account is not there any more.
    /// </summary>
    /// <exception cref="GatewayException">The store failed.</exception>
    public async ValueTask<Route?> FindRouteAsync(Exchange exchange, RoutingTable table) =>
        AnswerMemory.Owner(exchange) is { } owner
        && await FindAsync(owner, exchange.Request.PathValue("id")!, exchange.Aborted).ConfigureAwait(false)
            is { } record
        && table.Providers.TryGetValue(ConfiguredProvider.NameIn(record.Provider), out ConfiguredProvider? provider)
        && new Target(provider, record.Model).AtAccounts().FirstOrDefault(at => at.Provider.IsMaker(record.Provider))
            is { } target
            ? new Route(target.ToString(), [target])
            : null;

    /// <summary>Whether somebody must know whose the ids of an answer are.</summary>
    public bool AreOwned(Exchange exchange) =>
        AnswerMemory.Owner(exchange) is not null && (store is not null || !exchange.IsOnlyClient);

    /// <summary>Whether it can stand in a path by itself, and be found again.</summary>
    private static bool IsSound(string id) =>
        id.Length is > 0 and <= IResponseIdStore.LongestId && id.AsSpan().ContainsAnyExcept('.');

    /// <summary>Notes whose ids are, until the provider forgets them. What no id can be is nobody's.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task NoteAsync(Exchange exchange, Target target, IReadOnlyList<string> ids)
    {
        DateTimeOffset expires = clock.GetUtcNow() + AnswerMemory.LongestLifetime;
        string owner = AnswerMemory.Owner(exchange)!;
        ResponseIdRecord[] records =
        [
            .. ids.Where(IsSound)
                .Select(id => new ResponseIdRecord(owner, id, target.Provider.Maker, target.Model, expires)),
        ];

        // A client that goes has read what was told to it by then.
        await store!.AddAsync(records, CancellationToken.None).ConfigureAwait(false);
    }

    public void LogMissed(Exchange exchange, string reason) => GatewayLog.NotNoted(logger, exchange.RequestId, reason);

    /// <summary>What a client has to itself is let through without a look at the files that it names.</summary>
    private static IReadOnlyList<AccountReference> Named(Exchange exchange)
    {
        IReadOnlyList<AccountReference> answers =
            exchange.Served is IServedReferences served ? served.References(exchange.Request) : [];
        IReadOnlyList<AccountReference> files =
            !exchange.IsOnlyClient && exchange.Served is IServedFiles naming ? naming.Files(exchange.Request) : [];
        return files.Count == 0 ? answers : [.. answers, .. files];
    }

    /// <summary>Null where no target is left.</summary>
    private static Route? Narrow(Route route, Func<Target, bool> stays)
    {
        Target[] targets = [.. route.Targets.Where(stays)];
        return targets.Length == route.Targets.Count ? route
            : targets.Length == 0 ? null
            : route with { Targets = targets, Own = targets.Count(route.Targets.Take(route.Own).Contains) };
    }

    /// <summary>
    /// Leaves out the id of an earlier request to compare with, where that was not this client's, or nobody knows: what
    /// is told then would be of another's prompt. A store that is away costs the comparison, and not the answer.
    /// </summary>
    private async ValueTask LeaveOutComparedAsync(Exchange exchange, string owner)
    {
        if (exchange.IsOnlyClient
            || exchange.Served is not IServedComparison served
            || served.ComparedIn(exchange.Request) is not { Count: > 0 } ids
            || (ids.Count == 1 && await IsKnownAsync(exchange, owner, ids[0]).ConfigureAwait(false)))
        {
            return;
        }

        var body = new PooledBuffer(exchange.Request.Body.Length, exchange.Budget);
        try
        {
            served.WriteUncompared(exchange.Request, body);
            exchange.Request.TakeWithout(served.ComparedField, body);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private async ValueTask<bool> IsKnownAsync(Exchange exchange, string owner, string id)
    {
        try
        {
            return store is not null && id.Length <= IResponseIdStore.LongestId
                && await store.FindAsync(owner, id, exchange.Aborted).ConfigureAwait(false) is not null;
        }
        catch (StoreException e)
        {
            LogMissed(exchange, e.Message);
            return false;
        }
    }

    private static void Bind(Exchange exchange, ResponseIdRecord record)
    {
        if (exchange.Keeper is { } other && other != record.Provider)
        {
            (string one, string another) =
                (ConfiguredProvider.NameIn(other), ConfiguredProvider.NameIn(record.Provider));
            throw Elsewhere(one == another
                ? $"Two accounts of '{one}' keep a part each of what this request goes on from"
                : $"'{one}' keeps one part of what this request goes on from, '{another}' another");
        }

        exchange.Keeper = record.Provider;
    }

    private async ValueTask<ResponseIdRecord?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        try
        {
            return store is null || id.Length > IResponseIdStore.LongestId
                ? null
                : await store.FindAsync(owner, id, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            throw AnswerMemory.Failed(e);
        }
    }

    private static GatewayException? KeptElsewhere(Exchange exchange) =>
        exchange.Served is IServedReferences { KeptElsewhere: { } told } served
        && served.References(exchange.Request).Count > 0
            ? new GatewayException(told)
            : null;

    private static GatewayException Elsewhere(string what) => new(new GatewayError(
        ErrorStage.Routing,
        ErrorKind.InvalidRequest,
        400,
        $"{what}. Ask for a model there, or send the whole conversation.")
    {
        Code = "kept_elsewhere",
    });
}
