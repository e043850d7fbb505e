using System.Text;
using Lightport.Mcp.Connections;
using Lightport.Tests.Transport;

namespace Lightport.Tests.Mcp;

/// <summary>How fast a program is heard, and when it is ended.</summary>
public sealed class FloodLimitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTime _time = new();
    private readonly FloodLimit _limit;
    private int _heldUp;
    private string? _ended;

    public FloodLimitTests() => _limit = new FloodLimit(_time, Patience, () => _heldUp++, reason => _ended = reason);

    /// <summary>One client's call can have a program say so much, and other keys use the same one.</summary>
    [Fact]
    public async Task Program_ThatTellsAThousandWordsASecond_IsHeardAtOnce()
    {
        _limit.BeginQuestion();
        byte[] second = Words(1_000);
        for (int i = 0; i < 300; i++)
        {
            Assert.True(_limit.WaitAsync(default).AsTask().IsCompletedSuccessfully);
            _limit.Take(second);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await _limit.WaitAsync(default);
        Assert.Equal((0, (string?)null), (_heldUp, _ended));
    }

    /// <summary>Ten times as much: it is read as fast as a thousand a second, while it answers.</summary>
    [Fact]
    public async Task Program_ThatTellsMore_IsHeldUp_AndGoesOnWhileItAnswers()
    {
        _limit.Take(Words(10_000));
        for (int i = 0; i < 300; i++)
        {
            _limit.Take(Words(1_000));
            Task wait = _limit.WaitAsync(default).AsTask();
            _time.Advance(TimeSpan.FromSeconds(0.99));
            Assert.False(wait.IsCompleted);
            Answer();
            _time.Advance(TimeSpan.FromSeconds(0.01));
            await wait;
        }

        Assert.Equal((1, (string?)null), (_heldUp, _ended));
    }

    [Fact]
    public async Task Program_ThatTellsMoreAndAnswersNothing_IsEndedAfterACallsTime()
    {
        _limit.Take(Words(10_000));
        for (int i = 0; i <= 30; i++)
        {
            Assert.Null(_ended);

            // Whoever asks it anew lets it say more, and has no answer either.
            _limit.BeginQuestion();
            _limit.Take(Words(11_000));
            Task wait = _limit.WaitAsync(default).AsTask();
            _time.Advance(TimeSpan.FromSeconds(1));
            await (i < 30 ? wait : Assert.ThrowsAsync<AnswerTooLargeException>(() => wait));
        }

        Assert.StartsWith(
            "it went on saying more than 1000 messages, or 819 KiB, a second", _ended, StringComparison.Ordinal);
        Assert.Equal(_ended, $"it {_limit.Met}");
    }

    /// <summary>Many short questions do not add up to what lets anything be said, beside a long one as well.</summary>
    [Fact]
    public void Question_ThatIsAnswered_LeavesNothingOfItsShare()
    {
        _limit.Take(Words(10_000));
        _limit.BeginQuestion();
        _limit.Take(Words(10_000));
        for (int i = 0; i < 20; i++)
        {
            Answer(words: 10);
        }

        Assert.True(_limit.WaitAsync(default).AsTask().IsCompletedSuccessfully);
        _limit.Take(Words(1));
        Assert.False(_limit.WaitAsync(default).AsTask().IsCompleted);
    }

    [Fact]
    public void Question_ThatIsAnswered_LeavesAnothersShare()
    {
        _limit.Take(Words(10_000));
        _limit.BeginQuestion();
        Answer(words: 10_000);
        _limit.Take(Words(10_000));

        Assert.True(_limit.WaitAsync(default).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public void Program_ThatDoesNotRead_IsEnded()
    {
        _limit.BeginTelling();
        _limit.EndTelling();
        _limit.Take(Words(20_000));
        _limit.BeginTelling();
        _limit.Take(Words(10_000));
        Assert.Null(_ended);

        Assert.Throws<AnswerTooLargeException>(() => _limit.Take(Words(1)));
        Assert.Equal("it goes on speaking and does not read what it is told", _ended);
    }

    private void Answer(int words = 0)
    {
        (long Bytes, long Messages) question = _limit.BeginQuestion();
        if (words > 0)
        {
            _limit.Take(Words(words));
        }

        _limit.EndQuestion(question, isAnswered: true);
    }

    private static byte[] Words(int count) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(
        """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"7","progress":1}}""" + "\n",
        count)));
}
