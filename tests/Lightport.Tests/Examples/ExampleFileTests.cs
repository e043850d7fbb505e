using Lightport.Tests.Architecture;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Examples;

public sealed class ExampleFileTests
{
    private static readonly string[] Names =
        [.. Repository.Files("examples", "lightport.yaml").Select(path => path.Split('/')[1])];

    public static TheoryData<string> Examples => [.. Names];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_IsReadAsItStands_AndHasAPage(string name)
    {
        using TestGateway gateway = ExampleGateway.Open(name);

        Assert.StartsWith("# ", Repository.Read($"examples/{name}/README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_ListsEveryExample()
    {
        string page = Repository.Read("examples/README.md");

        Assert.All(Names, name => Assert.Contains($"| [{name}]({name}) |", page, StringComparison.Ordinal));
    }
}
