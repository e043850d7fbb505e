using System.Globalization;
using System.Text.Json;
using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Configuration.Reading;
using Lightport.Conversation;
using Lightport.Storage;
using Microsoft.AspNetCore.Http;

namespace Lightport.Management;

/// <summary>Client keys: made, listed, changed, removed, and replaced with a time in which both are good.</summary>
/// <param name="store">Null where there are only the keys of the configuration.</param>
internal sealed class KeyDoors(
    IGatewayConfigurationSource configuration,
    TimeProvider clock,
    IClientKeyStore? store = null,
    ClientKeyDirectory? directory = null)
{
    private const int DefaultLimit = 100;
    private const int MostLimit = 1000;
    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(30);
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromHours(24);

    private IClientKeyStore Store => store ?? throw new StoreException(
        StoreFailure.ReadOnly,
        "This gateway's client keys stand in its configuration; change them there. Set Tables:Uri on Azure, or "
        + "LIGHTPORT_ADMIN_KEY where Server runs, to manage keys here.");

    private IEnumerable<ClientKey> Configured => configuration.InForce?.Admission.Keys.All ?? [];

    public async ValueTask ListAsync(ManagementCall call)
    {
        string? after = call.Query("after");
        ClientKeyPage page = store is null
            ? new ClientKeyPage([], null)
            : await store.ListAsync(Limit(call), after, call.Aborted).ConfigureAwait(false);
        DateTimeOffset now = clock.GetUtcNow();
        IEnumerable<KeyAnswer> first = after is null ? Configured.Select(key => KeyAnswer.Of(key, now)) : [];
        await call.AnswerAsync(
            new KeysAnswer([.. first, .. page.Keys.Select(key => KeyAnswer.Of(key, now))], page.Next),
            ManagementJsonContext.Readable.KeysAnswer).ConfigureAwait(false);
    }

    public async ValueTask ReadAsync(ManagementCall call)
    {
        if (Configured.FirstOrDefault(key => key.Hash.Id == call.Id) is { } configured)
        {
            await AnswerAsync(call, KeyAnswer.Of(configured, clock.GetUtcNow())).ConfigureAwait(false);
            return;
        }

        ClientKeyRecord key = await FindAsync(call).ConfigureAwait(false);
        await AnswerAsync(call, KeyAnswer.Of(key, clock.GetUtcNow())).ConfigureAwait(false);
    }

    public async ValueTask CreateAsync(ManagementCall call)
    {
        JsonElement body = await call.ReadJsonAsync().ConfigureAwait(false);
        DateTimeOffset now = clock.GetUtcNow();
        var empty = new ClientKeyRecord { Hash = "", Name = "", CreatedAt = now };
        ClientKeyRecord wanted = Apply(empty, body, creating: true);
        string? plain = wanted.Hash.Length == 0 ? KeyMint.Next() : null;
        await AddAsync(call, plain is null ? wanted : wanted with { Hash = KeyHash.Of(plain).ToString() }, plain)
            .ConfigureAwait(false);
    }

    public async ValueTask ChangeAsync(ManagementCall call)
    {
        JsonElement body = await call.ReadJsonAsync().ConfigureAwait(false);
        ClientKeyRecord key = await FindAsync(call).ConfigureAwait(false);
        ClientKeyRecord changed = Apply(key, body, creating: false);
        await Store.UpdateAsync(changed, call.Aborted).ConfigureAwait(false);
        Forget(call, key);
        await AnswerAsync(call, KeyAnswer.Of(changed, clock.GetUtcNow())).ConfigureAwait(false);
    }

    public async ValueTask RemoveAsync(ManagementCall call)
    {
        ClientKeyRecord key = await FindAsync(call).ConfigureAwait(false);
        await Store.RemoveAsync(key.Id, call.Aborted).ConfigureAwait(false);
        Forget(call, key);
        call.AnswerEmpty(StatusCodes.Status204NoContent);
    }

    public async ValueTask RotateAsync(ManagementCall call)
    {
        TimeSpan grace = Grace(await call.ReadJsonAsync().ConfigureAwait(false));
        ClientKeyRecord old = await FindAsync(call).ConfigureAwait(false);
        DateTimeOffset now = clock.GetUtcNow();
        string plain = KeyMint.Next();
        ClientKeyRecord next = old with
        {
            Hash = KeyHash.Of(plain).ToString(),
            CreatedAt = now,
            Replaces = old.Id,
            ReplacedBy = null,
            ETag = null,
        };
        DateTimeOffset end = now + grace;

        // The new key first: whatever fails now, no client is left without one that works.
        await Store.AddAsync(next, call.Aborted).ConfigureAwait(false);
        try
        {
            await Store.UpdateAsync(
                old with { ReplacedBy = next.Id, ExpiresAt = old.ExpiresAt < end ? old.ExpiresAt : end },
                call.Aborted).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            await Store.RemoveAsync(next.Id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        Forget(call, old);
        await AnswerNewAsync(call, next, plain).ConfigureAwait(false);
    }

    private ClientKeyRecord Apply(ClientKeyRecord key, JsonElement body, bool creating) =>
        KeyFields.Apply(key, body, creating, clock.GetUtcNow(), configuration.InForce?.Routing);

    private static int Limit(ManagementCall call) => call.Query("limit") switch
    {
        null => DefaultLimit,
        var text when int.TryParse(text, CultureInfo.InvariantCulture, out int limit)
            && limit is > 0 and <= MostLimit => limit,
        _ => throw GatewayException.BadRequest($"'limit' must be a number from 1 to {MostLimit}.", "limit"),
    };

    private static TimeSpan Grace(JsonElement body)
    {
        TimeSpan grace = DefaultGrace;
        foreach (JsonProperty field in body.EnumerateObject())
        {
            grace = field is { Name: "grace", Value.ValueKind: JsonValueKind.String }
                && Durations.Parse(field.Value.GetString()!, TimeSpan.Zero, LongestGrace) is { } given
                    ? given
                    : throw GatewayException.BadRequest(
                        "The body is {\"grace\": \"24h\"}, from 0s to 30d, or {}.", field.Name);
        }

        return grace;
    }

    /// <exception cref="GatewayException">A 404, or a 409 where the key stands in the configuration.</exception>
    private async ValueTask<ClientKeyRecord> FindAsync(ManagementCall call)
    {
        string id = call.Id;
        if (Configured.Any(key => key.Hash.Id == id))
        {
            throw new StoreException(
                StoreFailure.ReadOnly, "This key stands in the configuration or in LIGHTPORT_KEY; change it there.");
        }

        bool possible = id.Length == ClientKeyRecord.IdLength && id.All(char.IsAsciiHexDigitLower);
        return (possible ? await Store.FindByIdAsync(id, call.Aborted).ConfigureAwait(false) : null)
            ?? throw new GatewayException(NotFound);
    }

    internal static GatewayError NotFound { get; } = new(
        ErrorStage.Request,
        ErrorKind.NotFound,
        StatusCodes.Status404NotFound,
        "There is no key of this id. GET /manage/keys lists those that there are.")
    {
        Code = "key_not_found",
    };

    private async ValueTask AddAsync(ManagementCall call, ClientKeyRecord key, string? plain)
    {
        await Store.AddAsync(key, call.Aborted).ConfigureAwait(false);
        Forget(call, key);
        await AnswerNewAsync(call, key, plain).ConfigureAwait(false);
    }

    private ValueTask AnswerNewAsync(ManagementCall call, ClientKeyRecord key, string? plain)
    {
        call.Exchange.Context.Response.Headers.Location =
            $"{call.Exchange.Context.Request.PathBase}/manage/keys/{key.Id}";
        return AnswerAsync(call, KeyAnswer.Of(key, clock.GetUtcNow(), plain), StatusCodes.Status201Created);
    }

    private static ValueTask AnswerAsync(ManagementCall call, KeyAnswer key, int status = StatusCodes.Status200OK) =>
        call.AnswerAsync(key, ManagementJsonContext.Readable.KeyAnswer, status);

    private void Forget(ManagementCall call, ClientKeyRecord key)
    {
        call.Changed = $"key {key.Id}";
        if (KeyHash.Parse(key.Hash) is { } hash)
        {
            directory?.Forget(hash);
        }
    }
}
