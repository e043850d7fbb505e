namespace Lightport.Tests.Architecture;

/// <summary>Which room of the core may know which.</summary>
public sealed class RoomArrowTests
{
    private const string Everything = "*";

    /// <summary>Room to the namespaces it may name, those below included. Its own it may always.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        // The gateway itself, and the doors of whoever runs it.
        [""] = [Everything],
        ["Composition"] = [Everything],
        ["Management"] = [Everything],
        ["Doors"] =
        [
            "Admission", "Audit", "Configuration", "Conversation", "Exchanges", "Limits", "Storage", "Transport.Body",
            "Usage",
        ],
        ["Exchanges"] =
        [
            "Admission", "Conversation", "Dialects", "Limits", "Prices", "Providers", "Routing", "Storage", "Telemetry",
            "Transport", "Usage",
        ],
        ["Admission"] = ["Conversation", "Storage", "Transport"],
        ["Audit"] = ["Conversation", "Storage", "Usage"],
        ["Configuration"] =
        [
            "Admission", "Audit", "Conversation", "Enrichment.Sources", "Limits.Rules", "Mcp", "Prices", "Providers",
            "Routing", "Storage", "Transport",
        ],
        ["Conversation"] = [],
        ["Dialects"] = ["Conversation", "Transport.Body", "Transport.Framing"],
        ["Enrichment"] =
        [
            "Admission", "Audit", "Configuration", "Conversation", "Exchanges", "Mcp", "Routing", "Storage",
            "Telemetry", "Transport", "Usage",
        ],
        ["Limits"] = ["Storage"],
        ["Mcp"] = ["Conversation", "Storage", "Telemetry", "Transport"],
        ["McpDoor"] =
        [
            "Admission", "Audit", "Configuration", "Conversation", "Dialects", "Doors", "Enrichment.Rounds",
            "Enrichment.Tools", "Exchanges", "Management", "Mcp", "Storage", "Transport.Body", "Transport.Framing",
            "Usage",
        ],
        ["Prices"] = ["Conversation", "Providers"],
        ["Providers"] = ["Transport"],
        ["Routing"] = ["Conversation", "Prices", "Providers"],
        ["Storage"] = [],
        ["Telemetry"] = ["Conversation", "Prices", "Usage"],
        ["Transport"] = [],
        ["Usage"] = ["Conversation", "Prices", "Storage"],
    };

    [Fact]
    public void Rooms_AreTheOnesOfTheMap() => Rule.Holds(
        "A new room needs a row here and a place on the map:",
        Repository.Core.Where(file => !Allowed.ContainsKey(file.Room)).Select(file => file.Path));

    [Fact]
    public void Rooms_AreToldToReaders() => Rule.Holds(
        "A room needs a row under \"Rooms\" in docs/journey.md:",
        Allowed.Keys.Where(room =>
            room.Length > 0
            && !Repository.Read("docs/journey.md").Contains($"\n| `{room}/` |", StringComparison.Ordinal)));

    [Fact]
    public void Rooms_NameOnlyWhatTheyMayKnow() => Rule.Holds(
        "A room names another that no arrow leads to:",
        from file in Repository.Core
        where Allowed.ContainsKey(file.Room)
        from mention in file.Mentions
        where Allowed.Keys.Any(room => room.Length > 0 && IsIn(mention, room))
        where !IsIn(mention, file.Room)
        where !Allowed[file.Room].Any(allowed => allowed == Everything || IsIn(mention, allowed))
        select $"{file.Path} → {mention}");

    /// <summary>What is put around transport knows what is asked, and never in whose words.</summary>
    [Fact]
    public void Stages_NameNoDialect() => Rule.Holds(
        "A stage's room names a dialect:",
        from file in Repository.Core
        where file.Folders is ["Exchanges", "Stages", ..] or ["Enrichment", ..]
        from mention in file.Mentions
        where IsIn(mention, "Dialects")
        select $"{file.Path} → {mention}");

    /// <summary>The exchange puts dialects together by the registry alone.</summary>
    [Fact]
    public void Exchanges_NameNoDialectByItself() => Rule.Holds(
        "The exchange's room names one dialect:",
        from file in Repository.Core
        where file.Room == "Exchanges"
        from mention in file.Mentions
        where IsIn(mention, "Dialects") && mention is not ("Dialects" or "Dialects.Json")
        select $"{file.Path} → {mention}");

    /// <summary>The language is for rules: whoever reads, asks or answers them.</summary>
    [Fact]
    public void Cel_IsNamedByRulesAlone() => Rule.Holds(
        "Another room names the language of rules:",
        from file in Repository.Core
        where file.Folders is not (["Routing" or "Exchanges", "Rules"] or ["Configuration", "Reading", ..])
        where file.Lines.Any(line => line.StartsWith("using Lightport.Cel", StringComparison.Ordinal))
        select file.Path);

    [Fact]
    public void Root_HoldsTheGatewayAlone() => Rule.Holds(
        "Only Gateway*.cs stands outside the rooms:",
        from file in Repository.Core
        where file.Room.Length == 0 && !file.Name.StartsWith("Gateway", StringComparison.Ordinal)
        select file.Path);

    private static bool IsIn(string mention, string room) =>
        mention == room || mention.StartsWith(room + ".", StringComparison.Ordinal);
}
