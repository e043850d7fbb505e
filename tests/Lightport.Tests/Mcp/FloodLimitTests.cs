using System.Text;
using Lightport.Mcp.Connections;
using Lightport.Tests.Transport;

namespace Lightport.Tests.Mcp;

/// <summary>How much a program may say before it is ended.</summary>
public sealed class FloodLimitTests
{
    private readonly ManualTime _time = new();

    /// <summary>One client's call can have a program say so much, and other keys use the same one.</summary>
    [Fact]
    public void Program_ThatTellsAThousandWordsASecond_GoesOn()
    {
        bool isEnded = false;
        var limit = new FloodLimit(_time, () => isEnded = true);
        limit.Asked();
        byte[] second = Words(1_000);
        for (int i = 0; i < 300; i++)
        {
            limit.Take(second);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(isEnded);
    }

    [Fact]
    public void Program_ThatTellsTenTimesAsMuch_IsEnded()
    {
        bool isEnded = false;
        var limit = new FloodLimit(_time, () => isEnded = true);
        byte[] second = Words(10_000);
        limit.Take(second);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Throws<AnswerTooLargeException>(() => limit.Take(second));
        Assert.True(isEnded && limit.IsMet);
    }

    private static byte[] Words(int count) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(
        """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"7","progress":1}}""" + "\n",
        count)));
}
