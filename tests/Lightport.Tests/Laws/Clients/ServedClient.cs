using System.Text.Json.Nodes;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws.Clients;

/// <summary>
/// A client of one served dialect: how it asks, which laws hold what it is told, and what of an answer it has words for.
/// </summary>
internal abstract class ServedClient
{
    public static IReadOnlyList<ServedClient> All { get; } =
    [
        new ServedChat(), new ServedCompletions(), new ServedMessages(), new ServedResponses(), new ServedGemini(),
        new ServedInteractions(),
    ];

    public abstract string Dialect { get; }

    public static ServedClient Of(string dialect) => All.Single(client => client.Dialect == dialect);

    public abstract GatewayEndpoint Door(bool stream);

    /// <summary>The path and query of a request; the door's own where the body names the model.</summary>
    public virtual string? Path(string model, bool stream) => null;

    /// <summary>The least that can be asked, with all that an answer may tell.</summary>
    public abstract string Request(string model, bool stream);

    /// <summary>The law that a whole answer breaks; null for a lawful one.</summary>
    public abstract string? BrokenWhole(JsonObject body);

    /// <summary>The law that a stream breaks; null for a lawful one.</summary>
    /// <param name="text">All of it, as the client got it.</param>
    /// <param name="includeUsage">Whether usage was asked for.</param>
    /// <param name="hasUsage">Whether the provider told any.</param>
    /// <param name="failed">Whether it must end in an error; else it must not.</param>
    public abstract string? BrokenStream(string text, bool includeUsage, bool hasUsage, bool failed);

    /// <summary>Whether a stream ends in an error of the dialect.</summary>
    public abstract bool EndsInError(string text);

    /// <summary>What is wrong with an error's body; null where it is one of the dialect's.</summary>
    public abstract string? BrokenError(JsonObject body, int status);

    /// <summary>Whether an error's code is told as the provider had it.</summary>
    public virtual bool TellsCodes => true;

    /// <summary>Whether all of several answers are told; else the first alone.</summary>
    public virtual bool TellsAllChoices => true;

    /// <summary>Whether a stream has usage unasked.</summary>
    public virtual bool AlwaysTellsUsage => true;

    /// <summary>What the client must read, given what the provider told in another dialect.</summary>
    public abstract ToldChoice Expected(ToldChoice choice, bool stream);

    /// <summary>The classes of usage that the dialect has.</summary>
    public virtual ToldUsage Expected(ToldUsage usage) => usage;

    protected static ToldChoice WithParts(ToldChoice choice, Func<ToldPart, ToldPart> said) =>
        choice with { Parts = ToldPart.Join(choice.Parts.Where(part => part.IsCommon).Select(said)) };

    /// <summary>A refusal or a sound, as its words.</summary>
    protected static ToldPart AsText(ToldPart part) =>
        part.Kind is ToldPart.Refusal or ToldPart.Audio ? part with { Kind = ToldPart.Words } : part;

    protected static bool IsRefused(ToldChoice choice) =>
        choice.Parts.Any(part => part.Kind == ToldPart.Refusal);

    protected static bool HasCalls(ToldChoice choice) => choice.Parts.Any(part => part.Kind == ToldPart.Call);

    protected static IReadOnlyList<ToldCitation> OfPages(ToldChoice choice) =>
        [.. choice.Citations.Where(citation => citation.Url is not null)];
}
