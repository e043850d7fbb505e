using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Routing.State;

namespace Lightport.Tests.Routing.Selection;

public sealed class LeastLatencySelectionTests
{
    private static readonly Route Two = Policies.Weighing(LeastLatencySelection.Instance, 1, 1);
    private static readonly Route Three = Policies.Weighing(LeastLatencySelection.Instance, 1, 1, 1);

    private readonly Policies _policies = new();

    [Fact]
    public void Order_OfTwo_IsTheQuickerFirst()
    {
        Took(Two, 0, 400);
        Took(Two, 1, 100);

        Assert.Equal(["b/x", "a/x"], _policies.Order(Two));
    }

    [Fact]
    public void Order_CallsInFlight_WaitOneAfterAnother()
    {
        Took(Two, 0, 150);
        Took(Two, 1, 100);
        State(Two, 1).Begin();

        Assert.Equal("a/x", _policies.Order(Two)[0]);
    }

    [Fact]
    public void Order_StreamsAndWholeAnswers_AreMeasuredApart()
    {
        Took(Two, 0, 400, stream: true);
        Took(Two, 1, 100, stream: true);
        Took(Two, 0, 1_000);
        Took(Two, 1, 9_000);

        Assert.Equal(("b/x", "a/x"), (_policies.Order(Two, stream: true)[0], _policies.Order(Two)[0]));
    }

    /// <summary>Of any two that chance picks the slowest is never the better one, and the quickest not always picked.</summary>
    [Fact]
    public void Order_OfThree_SpreadsOverAllButTheSlowest()
    {
        Took(Three, 0, 100);
        Took(Three, 1, 120);
        Took(Three, 2, 900);

        Dictionary<string, int> firsts = _policies.Firsts(Three, 9_000);

        Assert.InRange(firsts["a/x"], 5_700, 6_300);
        Assert.InRange(firsts["b/x"], 2_700, 3_300);
        Assert.DoesNotContain("c/x", firsts.Keys);
    }

    [Fact]
    public void Order_ANewTarget_IsTriedAtOnceAndNotFlooded()
    {
        Took(Two, 0, 100);
        Assert.Equal("b/x", _policies.Order(Two)[0]);

        State(Two, 1).Begin();
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal("a/x", _policies.Order(Two)[0]));
    }

    [Fact]
    public void Order_WhoWasSlow_IsTriedAgainAfterAWhile()
    {
        Took(Two, 0, 1_000);
        for (int minute = 0; minute < 30; minute++)
        {
            Took(Two, 1, 100);
            if (_policies.Order(Two)[0] == "a/x")
            {
                Assert.InRange(minute, 2, 15);
                return;
            }

            _policies.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Fail("It is never tried again.");
    }

    /// <summary>Who refuses at once is not busy and seems quick: it must not draw all requests to itself.</summary>
    [Fact]
    public void Order_WhoFails_ComesLastAndIsTriedAgainAfterAWhile()
    {
        Took(Two, 0, 500);
        Took(Two, 1, 20);
        Fail(Two, 1);
        Assert.Equal("a/x", _policies.Order(Two)[0]);

        _policies.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("a/x", _policies.Order(Two)[0]);

        _policies.Time.Advance(TimeSpan.FromMinutes(1));
        Took(Two, 0, 500);
        Assert.Equal("b/x", _policies.Order(Two)[0]);
    }

    [Fact]
    public void Order_WhoFailedAndAnswersAgain_IsAsQuickAsBefore()
    {
        Took(Two, 0, 500);
        Took(Two, 1, 20);
        Fail(Two, 1);
        Took(Two, 1, 20);

        Assert.Equal("b/x", _policies.Order(Two)[0]);
    }

    private TargetState State(Route route, int index) => _policies.States.Of(route.Targets[index]);

    private void Took(Route route, int index, int milliseconds, bool stream = false)
    {
        TargetCall call = Begin(route, index);
        call.Answer(TimeSpan.FromMilliseconds(milliseconds), stream);
        call.End(null, TestRoutes.Asking(route));
    }

    private void Fail(Route route, int index) => Begin(route, index).End(
        new GatewayError(ErrorStage.FirstByte, ErrorKind.Upstream, 500, "Broken.") { Provider = "b" },
        TestRoutes.Asking(route));

    private TargetCall Begin(Route route, int index)
    {
        TargetCall call = State(route, index).Call();
        call.Begin();
        return call;
    }
}
