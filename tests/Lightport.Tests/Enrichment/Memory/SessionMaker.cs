using System.Text.Json;
using Lightport.Conversation;
using Lightport.Enrichment.Memory;

namespace Lightport.Tests.Enrichment.Memory;

/// <summary>Makes sessions of every kind of part, each seed its own.</summary>
/// <param name="seen">Is told which kinds were made.</param>
internal sealed class SessionMaker(int seed, HashSet<Type> seen)
{
    private readonly Random _random = new(seed);

    public Session Make() => new()
    {
        Insertions = Some(() => new Insertion(_random.Next(9), Some(Turn)) { Replaces = _random.Next(2) }),
        Tools = Some(Tool),
    };

    private Message Turn() => new((Role)_random.Next(5), Some(() => Part(2)))
    {
        Name = Maybe(Text),
        Extensions = Extensions(),
    };

    private ToolDefinition Tool() => new(Text())
    {
        Kind = (ToolKind)_random.Next(3),
        Description = Maybe(Text),
        Parameters = _random.Next(2) == 0 ? null : Json(),
        Strict = _random.Next(2) == 0 ? null : true,
        Grammar = Maybe(() => new ToolGrammar(Text(), Text(), Text())),
        Cache = Maybe(() => new CacheControl("1h")),
        Group = Maybe(Text),
        NameInGroup = Maybe(Text),
        DeferLoading = _random.Next(2) == 0,
        IsToolSearch = _random.Next(2) == 0,
        Extensions = Extensions(),
        NativeDialect = Maybe(Text),
    };

    private ContentPart Part(int depth)
    {
        ContentPart made = _random.Next(depth > 0 ? 16 : 8) switch
        {
            0 => new TextPart(Text()) { Citations = Some(Cited) },
            1 => new ReasoningPart(Text()),
            2 => new RefusalPart(Text()),
            3 => new ImagePart(Media()) { Detail = Maybe(Text) },
            4 => new AudioPart(Media()) { Transcript = Maybe(Text), ExpiresAt = _random.NextInt64() },
            5 => new ToolCallPart(Text(), Text(), "{}") { Kind = ToolKind.Custom },
            6 => new McpApprovalRequestPart(Text(), Text(), Text(), "{}")
            {
                Made = Maybe(() => new ToolCallPart(Text(), Text(), "{}")),
                Round = _random.Next(),
            },
            7 => new McpApprovalResponsePart(Text(), true) { Reason = Maybe(Text) },
            8 => new FilePart(Media()) { Filename = Maybe(Text), Citations = true, Contents = Parts(depth) },
            9 => new ToolResultPart(Text(), Parts(depth)) { IsError = true, ToolReferences = Some(Text) },
            10 => new OpaquePart(Text(), Text(), Json())
            {
                IsAside = true,
                StandsForAllBefore = true,
                Shown = Parts(depth),
                ToolChanges = Some(() => new ToolChange(Text(), true) { Definition = Maybe(Tool) }),
            },
            11 => new ServerToolCallPart(Text(), Text(), Json(), Text(), Text(), Text()),
            12 => new ServerToolResultPart(Text(), Text(), Json(), Text(), Parts(depth)) { IsError = true },
            13 => new McpCallPart(Text(), Text(), Text(), "{}")
            {
                Made = Maybe(() => new ToolCallPart(Text(), Text(), "{}")),
                Round = _random.Next(),
                ApprovalId = Maybe(Text),
            },
            14 => new McpResultPart(Text(), Parts(depth)) { IsError = true },
            _ => new McpToolListPart(Text(), Some(Tool)) { Error = Maybe(Text) },
        };
        seen.Add(made.GetType());
        return made with
        {
            Id = Maybe(Text),
            State = Maybe(() => new OpaqueState(StateFormats.Anthropic, Text(), true)
            {
                Account = Maybe(Text),
                Model = Text(),
            }),
            Cache = Maybe(() => new CacheControl()),
            Extensions = Extensions(),
        };
    }

    private List<ContentPart> Parts(int depth) => Some(() => Part(depth - 1));

    private Citation Cited() => new(
        [
            new CitationSource
            {
                Url = Maybe(Text),
                CitedText = Maybe(Text),
                Document = 3,
                Place = new CitedPlace(CitedUnit.Page, 1, 2),
            },
        ])
    {
        StartIndex = 4,
        NativeDialect = Maybe(Text),
    };

    private MediaSource Media() => _random.Next(4) switch
    {
        0 => MediaSource.FromUrl(Text(), Maybe(Text)),
        1 => MediaSource.FromBase64(Text(), Maybe(Text)),
        2 => MediaSource.FromText(Text(), Text()),
        _ => MediaSource.FromFileId(Text(), Maybe(Text)),
    };

    private List<Extension> Extensions() =>
        Some(() => new Extension(Text(), Json()) { IsTool = _random.Next(2) == 0, ChangesMeaning = true });

    private JsonElement Json() => JsonElement.Parse($$"""{ "{{_random.Next()}}": ["\u00e9", 1.50, null] }""");

    private string Text() => _random.Next(4) switch
    {
        0 => "",
        1 => "line\n\"quoted\" \u2028 <b> é 😀 \u0000",
        _ => "text " + _random.Next(),
    };

    private T? Maybe<T>(Func<T> make)
        where T : class => _random.Next(2) == 0 ? null : make();

    private List<T> Some<T>(Func<T> make) => [.. Enumerable.Range(0, _random.Next(3)).Select(_ => make())];
}
