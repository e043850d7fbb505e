namespace Lightport.Functions.Tests;

public sealed class AzureFrontEndTests
{
    /// <summary>The front end cuts at 230 s; the gateway's own word must have reached it by then.</summary>
    [Fact]
    public void Limits_LeaveTimeToSayWhy() =>
        Assert.InRange(AzureFrontEnd.Limits.FirstByte!.Value.TotalSeconds, 200, 225);

    [Fact]
    public void Program_TellsTheGateway() =>
        Assert.Contains(
            "AddSingleton(AzureFrontEnd.Limits)",
            File.ReadAllText(RepositoryFile.Path("src/Lightport.Functions/Program.cs")));
}
