using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Storage;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Enrichment.Memory;

/// <summary>What came of an approved call may be forgotten; that it was run is not, before its question is over.</summary>
public sealed class ApprovedRunMemoryTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Caller Team = new("team", "k1");

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Call_WhoseResultWasPushedOut_IsNotRunAgain()
    {
        ApprovedRunMemory memory = Memory(mostMarks: 1000);
        McpApprovalRequestPart first = Asked(0);
        Assert.Null(await TakeAsync(memory, first));
        await memory.KeepAsync(Team, first, Result(first), None);
        Assert.Contains("xxx", Text(await TakeAsync(memory, first)), StringComparison.Ordinal);

        for (int i = 1; i <= 64; i++)
        {
            Assert.Null(await TakeAsync(memory, Asked(i)));
            await memory.KeepAsync(Team, Asked(i), Result(Asked(i)), None);
        }

        ToolResultPart? again = await TakeAsync(memory, first);

        Assert.Contains("had to give way", Text(again), StringComparison.Ordinal);
        Assert.Contains("xxx", Text(await TakeAsync(memory, Asked(64))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatCouldNotBeRemembered_IsRefused_AndOlderOnesStay()
    {
        ApprovedRunMemory memory = Memory(mostMarks: 8);
        for (int i = 0; i < 2; i++)
        {
            await TakeAsync(memory, Asked(i));
            await memory.KeepAsync(Team, Asked(i), Result(Asked(i)), None);
        }

        GatewayException refused = await Assert.ThrowsAsync<GatewayException>(
            async () => await TakeAsync(memory, Asked(2)));

        Assert.Equal((429, "mcp_approvals_full"), (refused.Error.Status, refused.Error.Code));
        Assert.NotNull(await TakeAsync(memory, Asked(0)));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await TakeAsync(memory, Asked(2)));
    }

    private static ToolResultPart Result(McpApprovalRequestPart asked) =>
        new(asked.ApprovalId, [new TextPart(new string('x', 4000))]);

    private static string Text(ToolResultPart? result) => ((TextPart)Assert.Single(result!.Parts)).Text;

    private static ValueTask<ToolResultPart?> TakeAsync(ApprovedRunMemory memory, McpApprovalRequestPart asked) =>
        memory.TakeAsync(Team, asked, TimeSpan.FromMinutes(2), mayRepeat: true, None);

    private ApprovedRunMemory Memory(int mostMarks) => new(
        new MemoryMarkStore(_clock, mostMarks),
        new MemorySessionStore(_clock, most: 40_000),
        _clock,
        TimeSpan.FromHours(1));

    private McpApprovalRequestPart Asked(int number) =>
        new($"mcpr_{number}", "docs", "write", "{}") { AskedAt = _clock.GetUtcNow() };
}
