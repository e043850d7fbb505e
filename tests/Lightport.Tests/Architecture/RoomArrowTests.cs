namespace Lightport.Tests.Architecture;

/// <summary>Which room of the core may know which.</summary>
public sealed class RoomArrowTests
{
    private const string Everything = "*";

    /// <summary>Room to the namespaces it may name, those below included. Its own it may always.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        // The gateway itself, and its inner workings.
        [""] = [Everything],
        ["Doors"] = [Everything],
        ["Exchanges"] = [Everything],
        ["Management"] = [Everything],
        ["Admission"] = ["Conversation", "Storage", "Transport"],
        ["Configuration"] = ["Admission", "Conversation", "Providers", "Routing", "Storage", "Transport"],
        ["Conversation"] = [],
        ["Dialects"] = ["Conversation", "Transport.Body", "Transport.Framing"],
        ["Providers"] = ["Transport"],
        ["Routing"] = ["Conversation", "Providers"],
        ["Storage"] = [],
        ["Transport"] = [],
        ["Usage"] = ["Conversation", "Storage"],
    };

    [Fact]
    public void Rooms_AreTheOnesOfTheMap() => Rule.Holds(
        "A new room needs a row here and a place on the map:",
        Repository.Core.Where(file => !Allowed.ContainsKey(file.Room)).Select(file => file.Path));

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

    [Fact]
    public void Root_HoldsTheGatewayAlone() => Rule.Holds(
        "Only Gateway*.cs stands outside the rooms:",
        from file in Repository.Core
        where file.Room.Length == 0 && !file.Name.StartsWith("Gateway", StringComparison.Ordinal)
        select file.Path);

    private static bool IsIn(string mention, string room) =>
        mention == room || mention.StartsWith(room + ".", StringComparison.Ordinal);
}
