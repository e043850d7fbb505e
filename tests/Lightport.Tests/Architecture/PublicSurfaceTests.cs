using System.Xml.Linq;

namespace Lightport.Tests.Architecture;

/// <summary>What hosts and extensions may use is a list, so that it grows by decision.</summary>
public sealed class PublicSurfaceTests
{
    private const string List = "tests/Lightport.Tests/Architecture/PublicSurface.txt";

    private static string[] Types { get; } =
    [
        .. typeof(Gateway).Assembly.GetExportedTypes()
            .Where(type => !type.IsNested)
            .Select(type => type.FullName!)
            .Order(StringComparer.Ordinal),
    ];

    private static string[] Listed { get; } = Repository.Read(List).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Types_ThatArePublic_AreThoseOfTheList()
    {
        Rule.Holds($"A type is public that is not in {List}; make it internal, or decide on it:", Types.Except(Listed));
        Rule.Holds($"A type of {List} is not public any more:", Listed.Except(Types));
    }

    /// <summary>What the compiler has gathered of the comments.</summary>
    [Fact]
    public void Types_ThatArePublic_SayWhatTheyAre()
    {
        HashSet<string> told =
        [
            .. XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Lightport.xml"))
                .Descendants("member")
                .Where(member => member.Element("summary") is not null)
                .Select(member => member.Attribute("name")!.Value),
        ];

        Rule.Holds("A public type has no comment of its own:", Types.Where(type => !told.Contains($"T:{type}")));
    }
}
