using System.Text;
using System.Text.Json;
using Lightport.Configuration;
using Lightport.Configuration.Entries;
using Lightport.Conversation;
using Lightport.Storage;
using Microsoft.AspNetCore.Http;

namespace Lightport.Management;

/// <summary>The document in force, its versions, and what puts another in force.</summary>
/// <param name="deployed">The document that is in force until one is applied; null for the built-in defaults.</param>
/// <param name="versions">Null where nothing is kept but what the app was started with.</param>
internal sealed class ConfigurationDoors(
    ConfigurationReader reader,
    IGatewayConfigurationSource source,
    Func<string?> deployed,
    IConfigurationVersions? versions)
{
    private static readonly GatewayError Moved = new(
        ErrorStage.Request,
        ErrorKind.InvalidRequest,
        StatusCodes.Status412PreconditionFailed,
        "Another version is in force than the one that If-Match names. Look at the difference again.")
    {
        Code = "precondition_failed",
    };

    private IConfigurationVersions Versions => versions ?? throw new StoreException(
        StoreFailure.ReadOnly,
        "This gateway keeps no versions: its configuration is what it was deployed with. Set Tables:Uri on Azure, or "
        + "LIGHTPORT_ADMIN_KEY where Server runs, to manage it.");

    public async ValueTask ReadAsync(ManagementCall call)
    {
        ConfigurationPointer? pointer = await Versions.FindPointerAsync(call.Aborted).ConfigureAwait(false);
        string? wanted = call.Query("version") ?? pointer?.Version;
        if (wanted is null && deployed() is { } text)
        {
            await AnswerDocumentAsync(call, text).ConfigureAwait(false);
            return;
        }

        ConfigurationContent? content = wanted is null
            ? null
            : await Versions.ReadAsync(wanted, call.Aborted).ConfigureAwait(false);
        if (content is null)
        {
            throw new GatewayException(NotFound(wanted));
        }

        call.Exchange.Context.Response.Headers.ETag = $"\"{wanted}\"";
        await AnswerDocumentAsync(call, TextOf(content)).ConfigureAwait(false);
    }

    public async ValueTask ListAsync(ManagementCall call)
    {
        ConfigurationPointer? pointer = await Versions.FindPointerAsync(call.Aborted).ConfigureAwait(false);
        IReadOnlyList<ConfigurationVersion> all = await Versions.ListAsync(call.Aborted).ConfigureAwait(false);
        var items = all.Select(one => new VersionsAnswer.Item(
            one.Version, one.CreatedAt, one.Author, one.Note, one.Entries, one.Version == pointer?.Version));
        await call.AnswerAsync(
            new VersionsAnswer(pointer?.Version, [.. items]), ManagementJsonContext.Readable.VersionsAnswer)
            .ConfigureAwait(false);
    }

    public async ValueTask ApplyAsync(ManagementCall call)
    {
        string text = await call.ReadTextAsync().ConfigureAwait(false);
        ConfigurationPointer? pointer = await PointerAsync(call).ConfigureAwait(false);
        if (await CheckAsync(call, text).ConfigureAwait(false) is not { } valid)
        {
            return;
        }

        (IReadOnlyList<ConfigurationEntry> before, string? textBefore) =
            await InForceAsync(pointer, call.Aborted).ConfigureAwait(false);
        IReadOnlyList<ConfigurationEntry> after = EntrySplitter.Split(text);
        string? version = pointer?.Version;
        if (text != textBefore && !call.DryRun)
        {
            ChangeNote note = call.Note;
            var content = new ConfigurationContent(text, after);
            version = (await Versions.WriteAsync(content, pointer, note, call.Aborted).ConfigureAwait(false)).Version;
            await MoveToNewAsync(call, version, pointer, note).ConfigureAwait(false);
        }

        await AnswerAsync(call, version, pointer, before, after, valid.Warnings).ConfigureAwait(false);
    }

    public async ValueTask RollBackAsync(ManagementCall call)
    {
        string? wanted = VersionIn(await call.ReadJsonAsync().ConfigureAwait(false));
        ConfigurationPointer? pointer = await PointerAsync(call).ConfigureAwait(false);
        wanted ??= pointer is null
            ? null
            : await Versions.FindBeforeAsync(pointer, call.Aborted).ConfigureAwait(false);
        ConfigurationContent content = wanted is null ? throw new GatewayException(NotFound(null))
            : await Versions.ReadAsync(wanted, call.Aborted).ConfigureAwait(false)
                ?? throw new GatewayException(NotFound(wanted));

        // What was good when it was written may not be to this release.
        if (await CheckAsync(call, TextOf(content)).ConfigureAwait(false) is not { } valid)
        {
            return;
        }

        (IReadOnlyList<ConfigurationEntry> before, _) = await InForceAsync(pointer, call.Aborted).ConfigureAwait(false);
        if (!call.DryRun && wanted != pointer?.Version)
        {
            await MoveAsync(call, wanted, pointer, call.Note).ConfigureAwait(false);
        }

        await AnswerAsync(call, wanted, pointer, before, EntrySplitter.Split(TextOf(content)), valid.Warnings)
            .ConfigureAwait(false);
    }

    private static string TextOf(ConfigurationContent content) =>
        content.Text ?? EntryDocument.Join(content.Entries).Text;

    private static GatewayError NotFound(string? version) => new(
        ErrorStage.Request,
        ErrorKind.NotFound,
        StatusCodes.Status404NotFound,
        version is null
            ? "There is no such version: nothing, or nothing else, was applied yet."
            : "There is no such version. GET /manage/config/versions lists those that there are.")
    {
        Code = "version_not_found",
    };

    private static string? VersionIn(JsonElement body)
    {
        string? version = null;
        foreach (JsonProperty property in body.EnumerateObject())
        {
            version = property is { Name: "version", Value.ValueKind: JsonValueKind.String }
                ? property.Value.GetString()
                : throw GatewayException.BadRequest("The body is {\"version\": \"…\"}, or {}.", property.Name);
        }

        return version;
    }

    private static ValueTask AnswerDocumentAsync(ManagementCall call, string text) =>
        call.AnswerAsync(Encoding.UTF8.GetBytes(text), "application/yaml; charset=utf-8");

    private static ValueTask AnswerAsync(
        ManagementCall call,
        string? version,
        ConfigurationPointer? previous,
        IReadOnlyList<ConfigurationEntry> before,
        IReadOnlyList<ConfigurationEntry> after,
        IReadOnlyList<string> warnings) => call.AnswerAsync(
            new ApplyAnswer(
                call.DryRun ? null : version,
                previous?.Version,
                call.DryRun,
                ConfigurationDifference.Between(before, after),
                warnings),
            ManagementJsonContext.Readable.ApplyAnswer);

    private async ValueTask<ConfigurationPointer?> PointerAsync(ManagementCall call)
    {
        ConfigurationPointer? pointer = await Versions.FindPointerAsync(call.Aborted).ConfigureAwait(false);
        string[] allowed = [.. call.Request.Headers.IfMatch.ToString().Split(',').Select(mark => mark.Trim(' ', '"'))];
        bool any = allowed is [""] || (allowed.Contains("*") && pointer is not null);
        return any || allowed.Contains(pointer?.Version) ? pointer : throw new GatewayException(Moved);
    }

    /// <summary>Null, and the client has its 422, where the document is not valid.</summary>
    private async ValueTask<GatewayConfiguration?> CheckAsync(ManagementCall call, string text)
    {
        ConfigurationResult result = reader.Read(text, ConfigurationFile.DefaultName, after: source.InForce);
        if (!result.Valid)
        {
            await call.AnswerAsync(
                InvalidConfigurationAnswer.Of(result.Errors),
                ManagementJsonContext.Readable.InvalidConfigurationAnswer,
                StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
        }

        return result.Configuration;
    }

    /// <summary>A version that cannot be read is shown as if there were none, so that it can be replaced.</summary>
    private async ValueTask<(IReadOnlyList<ConfigurationEntry> Entries, string? Text)> InForceAsync(
        ConfigurationPointer? pointer,
        CancellationToken cancellationToken)
    {
        if (pointer is null)
        {
            // Equal to the letter or not, what was deployed is no version yet: applying it makes it one.
            return (deployed() is { } first ? EntrySplitter.Split(first) : [], null);
        }

        try
        {
            return await Versions.ReadAsync(pointer.Version, cancellationToken).ConfigureAwait(false) switch
            {
                null => ([], null),
                { Text: { } text } when reader.Read(text, "").Valid => (EntrySplitter.Split(text), text),
                { Text: { } text } => ([], text),
                { Entries: var entries } => (entries, null),
            };
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Damaged)
        {
            return ([], null);
        }
    }

    /// <summary>
    /// What was refused because somebody else was faster leaves nothing behind that a roll-back could take for good.
    /// </summary>
    private async ValueTask MoveToNewAsync(
        ManagementCall call,
        string version,
        ConfigurationPointer? from,
        ChangeNote note)
    {
        try
        {
            await MoveAsync(call, version, from, note).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Conflict)
        {
            await Versions.RemoveAsync(version, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask MoveAsync(
        ManagementCall call,
        string version,
        ConfigurationPointer? from,
        ChangeNote note)
    {
        await Versions.MoveAsync(version, from, note, call.Aborted).ConfigureAwait(false);
        call.Changed = version;
        await source.RefreshAsync(call.Aborted).ConfigureAwait(false);
    }
}
