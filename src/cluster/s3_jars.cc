#include "cluster/s3_jars.h"

#include <array>

namespace ember {
namespace {

constexpr auto kJars40 = std::to_array<SparkJar>({
    {"software/amazon/awssdk/annotations/2.29.52/annotations-2.29.52.jar",
     "8cd8bd8afd7eca5a367f69fd87427f6d9f3e7d359962122da24d71f1963f00cd"},
    {"software/amazon/awssdk/apache-client/2.29.52/apache-client-2.29.52.jar",
     "c96494be30ecac6f0ab7a35fdd91a4c77ca8a5daf62f3d9d84644ef0f0524dc6"},
    {"software/amazon/awssdk/arns/2.29.52/arns-2.29.52.jar",
     "f5a4d1d9b4e4fc63c9bda49bcf1c59d23fd876b276c6b43aaca12969337303a6"},
    {"software/amazon/awssdk/auth/2.29.52/auth-2.29.52.jar",
     "4d8143b6198dc7a530c2ccdd813129c132b96736086c0d4fea85480b9bdbc5fe"},
    {"software/amazon/awssdk/aws-core/2.29.52/aws-core-2.29.52.jar",
     "eb560c064fbaac7e2e7f4a77ac343d3083bea0d7f6e2c69ba022d3f3e859be90"},
    {"software/amazon/awssdk/aws-query-protocol/2.29.52/aws-query-protocol-2.29.52.jar",
     "1b117672963ee5059c45f2aadb110f191b578d108d8f08d7c7a59e6c0b098a8e"},
    {"software/amazon/awssdk/aws-xml-protocol/2.29.52/aws-xml-protocol-2.29.52.jar",
     "daf87b429373ad586d165003b5b1d4fe498c6472eb65ec9a9e2aa7d56f3917dd"},
    {"software/amazon/awssdk/checksums/2.29.52/checksums-2.29.52.jar",
     "bca99ff25c9b917d6be03e5dce78ad5328e7dca485e96024fa8476e4192a800a"},
    {"software/amazon/awssdk/checksums-spi/2.29.52/checksums-spi-2.29.52.jar",
     "21193b9b648843dcaff493f0dd80abab9ee6871b203b9218120554698d8f7b8a"},
    {"commons-codec/commons-codec/1.17.1/commons-codec-1.17.1.jar",
     "f9f6cb103f2ddc3c99a9d80ada2ae7bf0685111fd6bffccb72033d1da4e6ff23"},
    {"commons-logging/commons-logging/1.2/commons-logging-1.2.jar",
     "daddea1ea0be0f56978ab3006b8ac92834afeefbd9b7e4e6316fca57df0fa636"},
    {"software/amazon/awssdk/crt-core/2.29.52/crt-core-2.29.52.jar",
     "4e1f33de21b688695fec91b977ddfa99e9d376edcbad06a62b0c138c60b37de4"},
    {"software/amazon/awssdk/endpoints-spi/2.29.52/endpoints-spi-2.29.52.jar",
     "e54f246c668d70b55cffe0c8fad18d4465e74e22db75139918bd30610093d1e6"},
    {"software/amazon/eventstream/eventstream/1.0.1/eventstream-1.0.1.jar",
     "0c37d8e696117f02c302191b8110b0d0eb20fa412fce34c3a269ec73c16ce822"},
    {"org/apache/hadoop/hadoop-aws/3.4.1/hadoop-aws-3.4.1.jar",
     "01334a07e179cae2b7e251f24857f11e3759108c9d6a79dcbe362a4295227da2"},
    {"software/amazon/awssdk/http-auth/2.29.52/http-auth-2.29.52.jar",
     "d8aa3bd376aaec7196396e65fe8755f1fdd169e51357f8128ecdc7d23a687450"},
    {"software/amazon/awssdk/http-auth-aws/2.29.52/http-auth-aws-2.29.52.jar",
     "7ae124e81ac0c2860bb61fdde34a388dbe823fef8509dd46a6bec805ada90308"},
    {"software/amazon/awssdk/http-auth-aws-eventstream/2.29.52/"
     "http-auth-aws-eventstream-2.29.52.jar",
     "565a4aacce955c5ffaed551f6faaaa958e9e92b2f8514c8482f664edb2bab576"},
    {"software/amazon/awssdk/http-auth-spi/2.29.52/http-auth-spi-2.29.52.jar",
     "7a2168c5a7baa856d7ae9f9c4f7522d2db9f1361108c38f5b6ece66f249e6a2d"},
    {"software/amazon/awssdk/http-client-spi/2.29.52/http-client-spi-2.29.52.jar",
     "8ea61ce3b527779fbfe119e0775c4b7cfdf274a979b1e50596a634685a5b6542"},
    {"org/apache/httpcomponents/httpclient/4.5.13/httpclient-4.5.13.jar",
     "6fe9026a566c6a5001608cf3fc32196641f6c1e5e1986d1037ccdbd5f31ef743"},
    {"org/apache/httpcomponents/httpcore/4.4.16/httpcore-4.4.16.jar",
     "6c9b3dd142a09dc468e23ad39aad6f75a0f2b85125104469f026e52a474e464f"},
    {"software/amazon/awssdk/identity-spi/2.29.52/identity-spi-2.29.52.jar",
     "85104635abf9e5c044aaf7f8951b63efc2ef82051b5ee303571ee2e1fd8b46d0"},
    {"software/amazon/awssdk/json-utils/2.29.52/json-utils-2.29.52.jar",
     "2652cdb3668311bcff6e643c8612b9fea266423ae1ce33743c84dd7f77904311"},
    {"software/amazon/awssdk/metrics-spi/2.29.52/metrics-spi-2.29.52.jar",
     "1db2e3da338148ee40a716e1733c9a5b99e9e6daa4db3aa8bd7e718adafa2510"},
    {"software/amazon/awssdk/netty-nio-client/2.29.52/netty-nio-client-2.29.52.jar",
     "07238668c9cf54531ee269fd6e2a1e2650fb75d6774d401f406c2a14f26af654"},
    {"software/amazon/awssdk/profiles/2.29.52/profiles-2.29.52.jar",
     "fef84619d101838ba45f48d0caddb09a85d9ed8bf869095bd7d2064796856cf7"},
    {"software/amazon/awssdk/protocol-core/2.29.52/protocol-core-2.29.52.jar",
     "7b32e41a3743b422d2edec1670f60b4c1e512fcd5ab7a53fef20742d6b9104d1"},
    {"org/reactivestreams/reactive-streams/1.0.4/reactive-streams-1.0.4.jar",
     "f75ca597789b3dac58f61857b9ac2e1034a68fa672db35055a8fb4509e325f28"},
    {"software/amazon/awssdk/regions/2.29.52/regions-2.29.52.jar",
     "5ee0e26277c679ffa70d83923b0d5f77a53066ecde8610f28be1856947d60eaf"},
    {"software/amazon/awssdk/retries/2.29.52/retries-2.29.52.jar",
     "ca3752ba31399721980c6398992921ff5aa164e084b4c14484333df58c76a353"},
    {"software/amazon/awssdk/retries-spi/2.29.52/retries-spi-2.29.52.jar",
     "a4218ea742fc9e07a620629d7a258bfd92b8ea3ef75f1b99193d0898ca3efe99"},
    {"software/amazon/awssdk/s3/2.29.52/s3-2.29.52.jar",
     "abaedea7e68063e9c4ab090f80d14b9884c57b50953bfe6e5acaa23025609efa"},
    {"software/amazon/awssdk/s3-transfer-manager/2.29.52/s3-transfer-manager-2.29.52.jar",
     "0c9e654637247187a7e2494eb7a8799477a772a7d554cd3ae787cd3e3bae3c55"},
    {"software/amazon/awssdk/sdk-core/2.29.52/sdk-core-2.29.52.jar",
     "ea8e9856569f85075a8a806d0481c4bd848c98b24fd6d706fc0b5883fc4604dc"},
    {"org/apache/spark/spark-hadoop-cloud_2.13/4.0.2/spark-hadoop-cloud_2.13-4.0.2.jar",
     "c5d41a2fabf5d74b0b1082f7e7c22f1dd0e180126db507c2be5916224b4fe247"},
    {"software/amazon/awssdk/sts/2.29.52/sts-2.29.52.jar",
     "6495d0457f4e4c3724d8c9c5fe4f6f98c9530a22f92449c4cca5fd03622e4edb"},
    {"software/amazon/awssdk/third-party-jackson-core/2.29.52/third-party-jackson-core-2.29.52.jar",
     "eaece3eb60beb8ec09d8a4f48d5bff4110010b03cc23688bdcf2af2eb075cac6"},
    {"software/amazon/awssdk/utils/2.29.52/utils-2.29.52.jar",
     "f150a38f2fec14ced2de6459bfe804f647c88baa573b218646ef89b436a29d42"},
    {"org/wildfly/openssl/wildfly-openssl/1.1.3.Final/wildfly-openssl-1.1.3.Final.jar",
     "4e7d50a877822ba7561fa6a0109691b30b23a784eba3f3f8fbbf5ea866500786"},
});

constexpr auto kJars35 = std::to_array<SparkJar>({
    {"com/amazonaws/aws-java-sdk-core/1.12.262/aws-java-sdk-core-1.12.262.jar",
     "06fed99f929c389e168278c1b111aaf1afb270d07202fbbce92e73d1e4279678"},
    {"com/amazonaws/aws-java-sdk-dynamodb/1.12.262/aws-java-sdk-dynamodb-1.12.262.jar",
     "7af4ba06d0d9b3c2ab435089caecd0567810d203aa285f7aa72861f1964d442e"},
    {"com/amazonaws/aws-java-sdk-kms/1.12.262/aws-java-sdk-kms-1.12.262.jar",
     "c00f5ae7b334255f661d85512e7203af9523a04fb65d0c431c2eea2003ed8ae2"},
    {"com/amazonaws/aws-java-sdk-s3/1.12.262/aws-java-sdk-s3-1.12.262.jar",
     "a0cb7580178bc0d4d3558295a5bb890008478da8a6b3241989c71238b0ed3be5"},
    {"com/amazonaws/aws-java-sdk-sts/1.12.262/aws-java-sdk-sts-1.12.262.jar",
     "659f48d8ebc02025c5042cc4b925f62610e81f334498f1b9e7a271ce20ecbcae"},
    {"com/amazonaws/jmespath-java/1.12.262/jmespath-java-1.12.262.jar",
     "9001ea993a45d82a2d3086edcbda8a40b4e012d049a70fbf071fd329c0fbd777"},
    {"com/fasterxml/jackson/dataformat/jackson-dataformat-cbor/2.12.6/"
     "jackson-dataformat-cbor-2.12.6.jar",
     "cfa008d15f052e69221e8c3193056ff95c3c594271321ccac8d72dc1a770619c"},
    {"org/apache/hadoop/hadoop-aws/3.3.4/hadoop-aws-3.3.4.jar",
     "53f9ae03c681a30a50aa17524bd9790ab596b28481858e54efd989a826ed3a4a"},
    {"org/wildfly/openssl/wildfly-openssl/1.0.7.Final/wildfly-openssl-1.0.7.Final.jar",
     "9f7058778978ec2ad90c7224401a4b0013d93e0dd3fa0f72b25244ffa3507ca8"},
    {"software/amazon/ion/ion-java/1.0.2/ion-java-1.0.2.jar",
     "0d127b205a1fce0abc2a3757a041748651bc66c15cf4c059bac5833b27d471a5"},
});

}  // namespace

SparkS3 S3Of(std::string_view spark_version) {
  if (spark_version.starts_with("3.")) {
    return {.jars = kJars35,
            .environment_credentials = "com.amazonaws.auth.EnvironmentVariableCredentialsProvider"};
  }
  return {.jars = kJars40,
          .environment_credentials =
              "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider"};
}

}  // namespace ember
