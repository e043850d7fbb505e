using Lightport.Dialects;
using Lightport.Exchanges.Rules;
using Lightport.Routing.Rules;

namespace Lightport.Tests.Exchanges.Rules;

public sealed class OperationWordsTests
{
    [Fact]
    public void Operations_AllHaveAWordThatRulesKnow() =>
        Assert.Equal(RuleLanguage.Operations, Enum.GetValues<Operation>().Select(OperationWords.Of));
}
